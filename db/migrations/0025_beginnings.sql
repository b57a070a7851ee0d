CREATE TABLE "shop_beginnings" (
	"shop_id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"state" text NOT NULL,
	"source" text,
	"company_at" timestamp with time zone,
	"hours_at" timestamp with time zone,
	"receiving_at" timestamp with time zone,
	"money_at" timestamp with time zone,
	"asked_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"reason" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "asked_is_dated" CHECK ("shop_beginnings"."state" = 'preparing' or "shop_beginnings"."asked_at" is not null),
	CONSTRAINT "refusal_has_a_reason" CHECK ("shop_beginnings"."state" <> 'refused' or "shop_beginnings"."reason" is not null)
);
--> statement-breakpoint
ALTER TABLE "shop_beginnings" ADD CONSTRAINT "shop_beginnings_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "beginnings_by_state" ON "shop_beginnings" USING btree ("state","asked_at");--> statement-breakpoint
CREATE INDEX "beginnings_of_person" ON "shop_beginnings" USING btree ("person_id");