ALTER TABLE "closing_checks" ADD COLUMN "documents" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "closing_checks" ADD COLUMN "series_broken" text;