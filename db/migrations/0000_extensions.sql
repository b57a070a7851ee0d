-- Trusted extensions only: a database owner can create them without being superuser.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;--> statement-breakpoint
-- French stemming on words without accents: "creme brulee" finds "Crème brûlée".
CREATE TEXT SEARCH CONFIGURATION fr_unaccent (COPY = french);--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION fr_unaccent ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
