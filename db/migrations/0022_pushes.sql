CREATE TABLE "message_wishes" (
	"shop_id" text PRIMARY KEY NOT NULL,
	"muted" text[] DEFAULT '{}' NOT NULL,
	"quiet_from" text NOT NULL,
	"quiet_to" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "quiet_hours_are_times" CHECK ("message_wishes"."quiet_from" ~ '^[0-2][0-9]:[0-5][0-9]$' and "message_wishes"."quiet_to" ~ '^[0-2][0-9]:[0-5][0-9]$')
);
--> statement-breakpoint
CREATE TABLE "push_devices" (
	"id" text PRIMARY KEY NOT NULL,
	"shop_id" text NOT NULL,
	"person_id" text NOT NULL,
	"endpoint" text NOT NULL,
	"public_key" text NOT NULL,
	"secret" text NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_device_per_shop" UNIQUE("endpoint","shop_id")
);
--> statement-breakpoint
CREATE TABLE "pushes" (
	"id" text PRIMARY KEY NOT NULL,
	"shop_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"cause_key" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"path" text NOT NULL,
	"send_from" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"claimed_until" timestamp with time zone,
	"told_devices" text[] DEFAULT '{}' NOT NULL,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_push_per_cause" UNIQUE("kind","cause_key","shop_id")
);
--> statement-breakpoint
ALTER TABLE "message_wishes" ADD CONSTRAINT "message_wishes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_devices" ADD CONSTRAINT "push_devices_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_devices" ADD CONSTRAINT "push_devices_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pushes" ADD CONSTRAINT "pushes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "devices_of_shop" ON "push_devices" USING btree ("shop_id");--> statement-breakpoint
CREATE INDEX "pushes_to_send" ON "pushes" USING btree ("send_from") WHERE "pushes"."done_at" is null;