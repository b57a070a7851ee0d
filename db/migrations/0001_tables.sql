CREATE SEQUENCE "public"."order_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1;--> statement-breakpoint
CREATE TABLE "basket_lines" (
	"id" text PRIMARY KEY NOT NULL,
	"basket_id" text NOT NULL,
	"listing_id" text NOT NULL,
	"offer_id" text NOT NULL,
	"shop_chosen" boolean NOT NULL,
	"quantity" integer NOT NULL,
	"price_seen_minor" bigint NOT NULL,
	"promise_seen_at" timestamp with time zone,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_line_per_basket_and_offer" UNIQUE("basket_id","offer_id"),
	CONSTRAINT "line_wants_something" CHECK ("basket_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "baskets" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"person_id" text,
	"locale" text NOT NULL,
	"place_label" text,
	"place_latitude" double precision,
	"place_longitude" double precision,
	"plan" text DEFAULT 'suggested' NOT NULL,
	"previous_plan" text,
	"method_by_shop" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"checkout" jsonb,
	"ordered_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_basket_per_token" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" text PRIMARY KEY NOT NULL,
	"parent_id" text,
	"position" integer NOT NULL,
	"name" jsonb NOT NULL,
	"slug" jsonb NOT NULL,
	"family" text NOT NULL,
	"glyph" text NOT NULL,
	"vat_category" text NOT NULL,
	"minimum_age" integer,
	"withdrawal_exception" text
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"id" text PRIMARY KEY NOT NULL,
	"variant_id" text NOT NULL,
	"category_id" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"key_attribute" text,
	"brand" text,
	"is_published" boolean DEFAULT true NOT NULL,
	CONSTRAINT "one_listing_per_variant" UNIQUE("variant_id")
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"id" text PRIMARY KEY NOT NULL,
	"listing_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"merchant_sku" text NOT NULL,
	"price_minor" bigint NOT NULL,
	"price_steps" integer DEFAULT 1 NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"vat_category" text NOT NULL,
	"condition" text NOT NULL,
	"shelf" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_offer_per_shop_and_sku" UNIQUE("shop_id","merchant_sku"),
	CONSTRAINT "price_is_positive" CHECK ("offers"."price_minor" > 0 and "offers"."price_steps" > 0)
);
--> statement-breakpoint
CREATE TABLE "price_history" (
	"offer_id" text NOT NULL,
	"price_minor" bigint NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	CONSTRAINT "one_price_at_a_time" UNIQUE("offer_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text PRIMARY KEY NOT NULL,
	"category_id" text NOT NULL,
	"title" text NOT NULL,
	"brand" text,
	"description" text,
	"attributes" jsonb NOT NULL,
	"glyph" text NOT NULL,
	"manufacturer" jsonb,
	"source" text NOT NULL,
	"licence" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "variants" (
	"id" text PRIMARY KEY NOT NULL,
	"product_id" text NOT NULL,
	"gtin" text,
	"label" text,
	"attributes" jsonb NOT NULL,
	"sales_unit" text NOT NULL,
	"weight_grams" integer NOT NULL,
	"volume_cm3" integer NOT NULL,
	"net_quantity" integer,
	"net_unit" text,
	CONSTRAINT "one_variant_per_gtin" UNIQUE("gtin"),
	CONSTRAINT "gtin_has_fourteen_digits" CHECK ("variants"."gtin" ~ '^[0-9]{14}$')
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"locale" text DEFAULT 'fr' NOT NULL,
	"email_verified_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_person_per_email" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "role_grants" (
	"person_id" text NOT NULL,
	"shop_id" text,
	"network_id" text,
	"role" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_role_per_person_and_place" UNIQUE NULLS NOT DISTINCT("person_id","shop_id","network_id"),
	CONSTRAINT "role_fits_its_place" CHECK (("role_grants"."shop_id" is null) or ("role_grants"."network_id" is null))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "magic_link_used_once" PRIMARY KEY("identifier","token_hash")
);
--> statement-breakpoint
CREATE TABLE "reservations" (
	"id" text PRIMARY KEY NOT NULL,
	"offer_id" text NOT NULL,
	"location_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"state" text NOT NULL,
	"basket_id" text,
	"order_line_id" text,
	"expires_at" timestamp with time zone,
	"extended_once" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "claim_has_units" CHECK ("reservations"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "stock_levels" (
	"offer_id" text NOT NULL,
	"location_id" text NOT NULL,
	"on_hand" integer NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	"allocated" integer DEFAULT 0 NOT NULL,
	"safety_stock" integer DEFAULT 0 NOT NULL,
	"routing_safety_stock" integer DEFAULT 0 NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"grade" text NOT NULL,
	"confidence_bps" integer NOT NULL,
	CONSTRAINT "one_level_per_offer_and_location" PRIMARY KEY("offer_id","location_id"),
	CONSTRAINT "reserved_not_negative" CHECK ("stock_levels"."reserved" >= 0),
	CONSTRAINT "allocated_not_negative" CHECK ("stock_levels"."allocated" >= 0),
	CONSTRAINT "routing_safety_never_more" CHECK ("stock_levels"."routing_safety_stock" <= "stock_levels"."safety_stock"),
	CONSTRAINT "confidence_is_a_share" CHECK ("stock_levels"."confidence_bps" between 0 and 10000)
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"id" text PRIMARY KEY NOT NULL,
	"offer_id" text NOT NULL,
	"location_id" text NOT NULL,
	"kind" text NOT NULL,
	"quantity" integer NOT NULL,
	"reason" text NOT NULL,
	"source" text NOT NULL,
	"source_key" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "movement_counts_once" UNIQUE("source","source_key")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"cause_key" text NOT NULL,
	"recipient" text NOT NULL,
	"locale" text NOT NULL,
	"title" text NOT NULL,
	"plain_text" text NOT NULL,
	"html" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "one_message_per_cause" UNIQUE("kind","cause_key","recipient")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"reason" text NOT NULL,
	"reporter_name" text NOT NULL,
	"reporter_email" text NOT NULL,
	"in_good_faith" boolean NOT NULL,
	"state" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decision" text
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"id" text PRIMARY KEY NOT NULL,
	"sub_order_id" text NOT NULL,
	"listing_id" text NOT NULL,
	"offer_id" text NOT NULL,
	"location_id" text NOT NULL,
	"title" text NOT NULL,
	"key_attribute" text,
	"shelf" text,
	"sales_unit" text NOT NULL,
	"quantity" integer NOT NULL,
	"picked_quantity" integer,
	"unit_price_minor" bigint NOT NULL,
	"price_steps" integer NOT NULL,
	"total_minor" bigint NOT NULL,
	"delivery_share_minor" bigint NOT NULL,
	"vat_category" text NOT NULL,
	"vat_rate_bps" integer NOT NULL,
	"commission_bps" integer NOT NULL,
	"commission_minor" bigint NOT NULL,
	"minimum_age" integer,
	"withdrawal_exception" text,
	CONSTRAINT "line_has_units" CHECK ("order_lines"."quantity" > 0),
	CONSTRAINT "picked_within_ordered" CHECK ("order_lines"."picked_quantity" between 0 and "order_lines"."quantity")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"token" text NOT NULL,
	"basket_id" text,
	"person_id" text,
	"shopper_name" text NOT NULL,
	"email" text NOT NULL,
	"phone" text,
	"address_label" text,
	"address_latitude" double precision,
	"address_longitude" double precision,
	"locale" text NOT NULL,
	"plan" text NOT NULL,
	"rescue_wish" text NOT NULL,
	"goods_minor" bigint NOT NULL,
	"delivery_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"terms_version" text NOT NULL,
	"is_replayed" boolean DEFAULT false NOT NULL,
	"pay_by" timestamp with time zone NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	CONSTRAINT "one_order_per_number" UNIQUE("number"),
	CONSTRAINT "one_order_per_token" UNIQUE("token"),
	CONSTRAINT "order_total_adds_up" CHECK ("orders"."total_minor" = "orders"."goods_minor" + "orders"."delivery_minor")
);
--> statement-breakpoint
CREATE TABLE "routing_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"asked" jsonb NOT NULL,
	"answered" jsonb NOT NULL,
	"decided_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sub_order_events" (
	"id" text PRIMARY KEY NOT NULL,
	"sub_order_id" text NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"detail" jsonb,
	"occurred_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sub_orders" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"number" text NOT NULL,
	"shop_id" text NOT NULL,
	"merchant_id" text NOT NULL,
	"location_id" text NOT NULL,
	"method" text NOT NULL,
	"state" text NOT NULL,
	"goods_minor" bigint NOT NULL,
	"delivery_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"promised_from" timestamp with time zone NOT NULL,
	"promised_to" timestamp with time zone,
	"kept_until" timestamp with time zone,
	"accept_by" timestamp with time zone,
	"pickup_code" text NOT NULL,
	"bag" text,
	"refusal_reason" text,
	"state_changed_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_sub_order_per_number" UNIQUE("number"),
	CONSTRAINT "sub_order_total_adds_up" CHECK ("sub_orders"."total_minor" = "sub_orders"."goods_minor" + "sub_orders"."delivery_minor")
);
--> statement-breakpoint
CREATE TABLE "demo_intents" (
	"reference" text PRIMARY KEY NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"state" text NOT NULL,
	"captured_minor" bigint DEFAULT 0 NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"card_last_four" text,
	"idempotency_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_demo_intent_per_key" UNIQUE("idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "payment_shares" (
	"payment_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"captured_minor" bigint DEFAULT 0 NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "one_share_per_sub_order" PRIMARY KEY("payment_id","sub_order_id"),
	CONSTRAINT "share_captured_within_amount" CHECK ("payment_shares"."captured_minor" between 0 and "payment_shares"."amount_minor"),
	CONSTRAINT "share_refunded_within_captured" CHECK ("payment_shares"."refunded_minor" between 0 and "payment_shares"."captured_minor")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"provider" text NOT NULL,
	"provider_reference" text,
	"state" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"captured_minor" bigint DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"capture_before" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_payment_per_provider_reference" UNIQUE("provider","provider_reference"),
	CONSTRAINT "one_payment_per_order" UNIQUE("order_id"),
	CONSTRAINT "captured_within_authorised" CHECK ("payments"."captured_minor" between 0 and "payments"."amount_minor")
);
--> statement-breakpoint
CREATE TABLE "provider_messages" (
	"provider" text NOT NULL,
	"message_id" text NOT NULL,
	"kind" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "provider_message_heard_once" PRIMARY KEY("provider","message_id")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"sub_order_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"reason" text NOT NULL,
	"provider_reference" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "refund_is_positive" CHECK ("refunds"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "addresses" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"folded" text NOT NULL,
	"postcode" text NOT NULL,
	"town" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "city_settings" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"default_locale" text NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"time_zone" text NOT NULL,
	"country" text NOT NULL,
	"region" text NOT NULL,
	"operator" jsonb NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "city_is_one_row" CHECK ("city_settings"."only_row")
);
--> statement-breakpoint
CREATE TABLE "domain_events" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"subject" text NOT NULL,
	"facts" jsonb NOT NULL,
	"actor" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"caller" text NOT NULL,
	"key" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_key_claimed_once" PRIMARY KEY("caller","key")
);
--> statement-breakpoint
CREATE TABLE "modules" (
	"name" text PRIMARY KEY NOT NULL,
	"enabled" boolean NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_documents" (
	"listing_id" text PRIMARY KEY NOT NULL,
	"category_id" text NOT NULL,
	"words" text NOT NULL,
	"vector" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text PRIMARY KEY NOT NULL,
	"documents" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "carrier_tariffs" (
	"carrier" text NOT NULL,
	"max_grams" integer NOT NULL,
	"max_cm3" integer NOT NULL,
	"price_minor" bigint NOT NULL,
	"parcels" integer DEFAULT 1 NOT NULL,
	"co2_grams" integer NOT NULL,
	CONSTRAINT "one_tariff_row_per_step" UNIQUE("carrier","max_grams")
);
--> statement-breakpoint
CREATE TABLE "merchant_vat_regimes" (
	"merchant_id" text NOT NULL,
	"regime" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "one_vat_regime_at_a_time" UNIQUE("merchant_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "merchants" (
	"id" text PRIMARY KEY NOT NULL,
	"legal_name" text NOT NULL,
	"legal_form" text NOT NULL,
	"capital" text,
	"country" text DEFAULT 'FR' NOT NULL,
	"address" text NOT NULL,
	"registration_number" text NOT NULL,
	"register" text NOT NULL,
	"vat_number" text,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"mediator_name" text NOT NULL,
	"mediator_url" text NOT NULL,
	"is_professional" boolean NOT NULL,
	"declared_professional_at" timestamp with time zone,
	"self_certified_at" timestamp with time zone,
	"verified_at" timestamp with time zone,
	"psp_account_state" text NOT NULL,
	"commission_bps" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "networks" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "one_network_per_slug" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "shop_closures" (
	"shop_id" text NOT NULL,
	"closed_from" timestamp with time zone NOT NULL,
	"closed_to" timestamp with time zone NOT NULL,
	"reason" text,
	CONSTRAINT "closure_has_length" CHECK ("shop_closures"."closed_from" < "shop_closures"."closed_to")
);
--> statement-breakpoint
CREATE TABLE "shops" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"network_id" text,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"trade" text NOT NULL,
	"story" jsonb NOT NULL,
	"street" text NOT NULL,
	"postcode" text NOT NULL,
	"town" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"phone" text NOT NULL,
	"email" text NOT NULL,
	"keeper" text NOT NULL,
	"opening_hours" text NOT NULL,
	"time_zone" text NOT NULL,
	"awning" integer NOT NULL,
	"level" text NOT NULL,
	"services" jsonb NOT NULL,
	"preparation_minutes" integer NOT NULL,
	"capacity_per_hour" integer NOT NULL,
	"acceptance_minutes" integer NOT NULL,
	"takes_orders" boolean DEFAULT true NOT NULL,
	"paused_until" timestamp with time zone,
	"return_days" integer DEFAULT 14 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_shop_per_slug" UNIQUE("slug"),
	CONSTRAINT "awning_is_one_of_twelve" CHECK ("shops"."awning" between 0 and 11),
	CONSTRAINT "preparation_takes_time" CHECK ("shops"."preparation_minutes" >= 0 and "shops"."capacity_per_hour" > 0 and "shops"."acceptance_minutes" > 0)
);
--> statement-breakpoint
CREATE TABLE "stock_locations" (
	"id" text PRIMARY KEY NOT NULL,
	"shop_id" text,
	"network_id" text,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"lead_time_minutes" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "lead_time_not_negative" CHECK ("stock_locations"."lead_time_minutes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "vat_rates" (
	"territory" text NOT NULL,
	"category" text NOT NULL,
	"rate_bps" integer NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"legal_reference" text NOT NULL,
	CONSTRAINT "one_vat_rate_at_a_time" UNIQUE("territory","category","valid_from")
);
--> statement-breakpoint
ALTER TABLE "basket_lines" ADD CONSTRAINT "basket_lines_basket_id_baskets_id_fk" FOREIGN KEY ("basket_id") REFERENCES "public"."baskets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_history" ADD CONSTRAINT "price_history_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_location_id_stock_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."stock_locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sub_order_events" ADD CONSTRAINT "sub_order_events_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sub_orders" ADD CONSTRAINT "sub_orders_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sub_orders" ADD CONSTRAINT "sub_orders_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sub_orders" ADD CONSTRAINT "sub_orders_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_shares" ADD CONSTRAINT "payment_shares_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_shares" ADD CONSTRAINT "payment_shares_sub_order_id_sub_orders_id_fk" FOREIGN KEY ("sub_order_id") REFERENCES "public"."sub_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant_vat_regimes" ADD CONSTRAINT "merchant_vat_regimes_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_closures" ADD CONSTRAINT "shop_closures_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shops" ADD CONSTRAINT "shops_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shops" ADD CONSTRAINT "shops_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_locations" ADD CONSTRAINT "stock_locations_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_locations" ADD CONSTRAINT "stock_locations_network_id_networks_id_fk" FOREIGN KEY ("network_id") REFERENCES "public"."networks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "baskets_of_person" ON "baskets" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "categories_under" ON "categories" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "listings_in_category" ON "listings" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "offers_of_listing" ON "offers" USING btree ("listing_id");--> statement-breakpoint
CREATE INDEX "offers_of_shop" ON "offers" USING btree ("shop_id");--> statement-breakpoint
CREATE INDEX "products_in_category" ON "products" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "variants_of_product" ON "variants" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "roles_in_shop" ON "role_grants" USING btree ("shop_id");--> statement-breakpoint
CREATE INDEX "sessions_of_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "reservations_of_basket" ON "reservations" USING btree ("basket_id") WHERE "reservations"."state" = 'held';--> statement-breakpoint
CREATE INDEX "reservations_of_line" ON "reservations" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "reservations_to_expire" ON "reservations" USING btree ("expires_at") WHERE "reservations"."state" = 'held';--> statement-breakpoint
CREATE INDEX "levels_of_location" ON "stock_levels" USING btree ("location_id");--> statement-breakpoint
CREATE INDEX "movements_of_level" ON "stock_movements" USING btree ("offer_id","location_id","occurred_at");--> statement-breakpoint
CREATE INDEX "messages_by_time" ON "messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "messages_about" ON "messages" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "lines_of_sub_order" ON "order_lines" USING btree ("sub_order_id");--> statement-breakpoint
CREATE INDEX "orders_by_time" ON "orders" USING btree ("placed_at");--> statement-breakpoint
CREATE INDEX "orders_of_person" ON "orders" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "orders_of_basket" ON "orders" USING btree ("basket_id");--> statement-breakpoint
CREATE INDEX "decisions_of_order" ON "routing_decisions" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "events_of_sub_order" ON "sub_order_events" USING btree ("sub_order_id","occurred_at");--> statement-breakpoint
CREATE INDEX "sub_orders_of_order" ON "sub_orders" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "sub_orders_of_shop" ON "sub_orders" USING btree ("shop_id","state","created_at");--> statement-breakpoint
CREATE INDEX "sub_orders_to_answer" ON "sub_orders" USING btree ("accept_by") WHERE "sub_orders"."state" = 'offered';--> statement-breakpoint
CREATE INDEX "refunds_of_payment" ON "refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "addresses_by_words" ON "addresses" USING gin ("folded" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "domain_events_of_subject" ON "domain_events" USING btree ("subject","occurred_at");--> statement-breakpoint
CREATE INDEX "documents_by_vector" ON "search_documents" USING gin ("vector");--> statement-breakpoint
CREATE INDEX "documents_in_category" ON "search_documents" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "words_by_trigram" ON "search_words" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "closures_of_shop" ON "shop_closures" USING btree ("shop_id","closed_from");--> statement-breakpoint
CREATE INDEX "shops_of_merchant" ON "shops" USING btree ("merchant_id");--> statement-breakpoint
CREATE INDEX "locations_of_shop" ON "stock_locations" USING btree ("shop_id");