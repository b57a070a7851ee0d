ALTER TABLE "role_grants" ADD COLUMN "granted_by" text;--> statement-breakpoint
ALTER TABLE "role_grants" ADD COLUMN "called_name" text;--> statement-breakpoint
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_granted_by_people_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;