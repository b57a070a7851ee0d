ALTER TABLE "commission_rules" ADD COLUMN "category_id" text;--> statement-breakpoint
ALTER TABLE "commission_rules" ADD COLUMN "method" text;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "commission_rule_id" text;--> statement-breakpoint
ALTER TABLE "commission_rules" ADD CONSTRAINT "commission_rules_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;