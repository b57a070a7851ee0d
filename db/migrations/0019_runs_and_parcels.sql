CREATE SEQUENCE "public"."demo_parcels" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "shipment_events" (
	"shipment_id" text NOT NULL,
	"message_id" text NOT NULL,
	"code" text NOT NULL,
	"place" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "a_message_counts_once" UNIQUE("shipment_id","message_id"),
	CONSTRAINT "a_message_has_an_id" CHECK ("shipment_events"."message_id" <> '')
);
--> statement-breakpoint
CREATE TABLE "shipments" (
	"id" text PRIMARY KEY NOT NULL,
	"sub_order_id" text NOT NULL,
	"carrier" text NOT NULL,
	"tracking_code" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_shipment_per_sub_order" UNIQUE("sub_order_id"),
	CONSTRAINT "one_shipment_per_tracking_code" UNIQUE("carrier","tracking_code")
);
--> statement-breakpoint
CREATE TABLE "courier_run_parts" (
	"run_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"pick_up_position" integer NOT NULL,
	"door_position" integer NOT NULL,
	"state" text NOT NULL,
	"fetched_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"proof" text,
	"received_by" text,
	"absent_reason" text,
	CONSTRAINT "courier_run_parts_run_id_sub_order_id_pk" PRIMARY KEY("run_id","sub_order_id"),
	CONSTRAINT "a_delivery_is_proven" CHECK (("courier_run_parts"."state" = 'delivered') = ("courier_run_parts"."proof" is not null)),
	CONSTRAINT "a_name_proves_or_a_code" CHECK ("courier_run_parts"."proof" is distinct from 'name' or "courier_run_parts"."received_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "courier_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"courier_name" text NOT NULL,
	"slot_from" timestamp with time zone NOT NULL,
	"slot_to" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"called_off_at" timestamp with time zone,
	CONSTRAINT "one_run_per_token" UNIQUE("token"),
	CONSTRAINT "a_slot_has_length" CHECK ("courier_runs"."slot_from" < "courier_runs"."slot_to")
);
--> statement-breakpoint
ALTER TABLE "sub_orders" ADD COLUMN "is_set_aside" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "shipment_events" ADD CONSTRAINT "shipment_events_shipment_id_shipments_id_fk" FOREIGN KEY ("shipment_id") REFERENCES "public"."shipments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "courier_run_parts" ADD CONSTRAINT "courier_run_parts_run_id_courier_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."courier_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "courier_run_parts" ADD CONSTRAINT "courier_run_parts_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_of_shipment" ON "shipment_events" USING btree ("shipment_id","occurred_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_run_per_sub_order" ON "courier_run_parts" USING btree ("sub_order_id") WHERE "courier_run_parts"."state" in ('to-fetch', 'on-board', 'absent');--> statement-breakpoint
CREATE INDEX "runs_by_slot" ON "courier_runs" USING btree ("slot_from");--> statement-breakpoint
ALTER TABLE "sub_orders" ADD CONSTRAINT "what_is_set_aside_is_fetched" CHECK (not "sub_orders"."is_set_aside" or "sub_orders"."method" = 'pickup');