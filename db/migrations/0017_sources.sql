CREATE TABLE "source_connections" (
	"id" text PRIMARY KEY NOT NULL,
	"shop_id" text NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed" text NOT NULL,
	"hook_token" text NOT NULL,
	"state" text NOT NULL,
	"cursor" text,
	"pull_since" timestamp with time zone,
	"pull_started_at" timestamp with time zone,
	"known_until" timestamp with time zone,
	"last_full_at" timestamp with time zone,
	"last_success_at" timestamp with time zone,
	"heard_at" timestamp with time zone,
	"next_pull_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"fault" jsonb,
	"degraded_since" timestamp with time zone,
	"skew_ms" bigint DEFAULT 0 NOT NULL,
	"lag_ms" bigint,
	"last_file_mark" text,
	"last_import_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "one_connection_per_hook" UNIQUE("hook_token"),
	CONSTRAINT "failures_are_counted" CHECK ("source_connections"."failures" >= 0)
);
--> statement-breakpoint
CREATE TABLE "source_items" (
	"connection_id" text NOT NULL,
	"external_id" text NOT NULL,
	"product_ref" text NOT NULL,
	"stock_ref" text NOT NULL,
	"merchant_sku" text,
	"title" text NOT NULL,
	"offer_id" text,
	"draft" jsonb,
	"digest" text,
	"reason" text,
	"value" text,
	"told_quantity" integer,
	"told_at" timestamp with time zone,
	"is_gone" boolean DEFAULT false NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_item_per_external_id" PRIMARY KEY("connection_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "source_messages" (
	"connection_id" text NOT NULL,
	"message_id" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "source_message_once" PRIMARY KEY("connection_id","message_id")
);
--> statement-breakpoint
ALTER TABLE "source_connections" ADD CONSTRAINT "source_connections_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_items" ADD CONSTRAINT "source_items_connection_id_source_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."source_connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_messages" ADD CONSTRAINT "source_messages_connection_id_source_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."source_connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connections_of_shop" ON "source_connections" USING btree ("shop_id");--> statement-breakpoint
CREATE INDEX "connections_due" ON "source_connections" USING btree ("next_pull_at") WHERE "source_connections"."state" = 'active';--> statement-breakpoint
CREATE INDEX "items_of_offer" ON "source_items" USING btree ("offer_id");--> statement-breakpoint
CREATE INDEX "items_by_stock_ref" ON "source_items" USING btree ("connection_id","stock_ref");--> statement-breakpoint
CREATE INDEX "items_by_product_ref" ON "source_items" USING btree ("connection_id","product_ref");