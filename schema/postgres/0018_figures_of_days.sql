-- +goose Up
-- What a period sold is read from the index alone: the content of a sheet is long.
DROP INDEX daysheet_day;
CREATE INDEX daysheet_figures ON daysheet (company_id, on_day, box_id, version, gross, over_short, sales_count, customer_count);
