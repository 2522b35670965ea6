-- AlterTable
ALTER TABLE "process_instance" ADD COLUMN     "completed_elements" JSONB NOT NULL DEFAULT '{}';

-- What the path of each instance counts is kept; of the path itself the newest 256.
UPDATE "process_instance" SET
  "completed_elements" = (
    SELECT jsonb_object_agg(counted.id, counted.times)
    FROM (SELECT id, count(*) AS times FROM jsonb_array_elements_text("path") AS completed (id) GROUP BY id) counted
  ),
  "path" = jsonb_path_query_array("path", '$[last - 255 to last]')
WHERE "path" <> '[]';
