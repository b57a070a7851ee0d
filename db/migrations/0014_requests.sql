CREATE TABLE "request_answers" (
	"request_id" text NOT NULL,
	"shop_id" text NOT NULL,
	"state" text NOT NULL,
	"title" text,
	"price_minor" bigint,
	"quantity" integer,
	"available" text,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	"offer_id" text,
	CONSTRAINT "one_answer_per_request_and_shop" PRIMARY KEY("request_id","shop_id"),
	CONSTRAINT "an_offer_says_what_for_how_much" CHECK ("request_answers"."state" not in ('offered', 'accepted') or ("request_answers"."title" is not null and "request_answers"."price_minor" > 0 and "request_answers"."quantity" > 0 and "request_answers"."available" is not null)),
	CONSTRAINT "what_was_accepted_is_on_sale" CHECK ("request_answers"."state" <> 'accepted' or "request_answers"."offer_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"words" text NOT NULL,
	"photo_key" text,
	"listing_id" text,
	"locale" text NOT NULL,
	"email" text,
	"asked_by" text,
	"state" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "one_request_per_token" UNIQUE("token"),
	CONSTRAINT "what_is_over_forgets_who_asked" CHECK ("requests"."state" = 'open' or "requests"."email" is null)
);
--> statement-breakpoint
ALTER TABLE "request_answers" ADD CONSTRAINT "request_answers_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_answers" ADD CONSTRAINT "request_answers_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_answers" ADD CONSTRAINT "request_answers_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_listing_id_listings_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."listings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answers_of_shop" ON "request_answers" USING btree ("shop_id","state");--> statement-breakpoint
CREATE INDEX "requests_by_asker" ON "requests" USING btree ("asked_by","asked_at");--> statement-breakpoint
CREATE INDEX "requests_by_state" ON "requests" USING btree ("state","expires_at");