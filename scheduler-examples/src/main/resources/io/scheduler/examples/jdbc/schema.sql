-- The tables of the example adapter, for H2 and for PostgreSQL. BYTES stands for the type of unlimited bytes.

-- A row for each queue. Whoever publishes, buries, redrives or deletes locks it first, so these happen one at a time
-- in each queue. Everything else of a queue goes with it.
CREATE TABLE IF NOT EXISTS queues (
    name VARCHAR(200) PRIMARY KEY
);

-- A message is ready once due_at has passed. Before that it is in flight if somebody holds it, or else delayed.
-- seq, attempts and holder together are one delivery: seq is never used again, and attempts rise with each delivery.
CREATE TABLE IF NOT EXISTS messages (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue VARCHAR(200) NOT NULL REFERENCES queues (name) ON DELETE CASCADE,
    message_id VARCHAR(200) NOT NULL,
    data BYTES NOT NULL,
    retry_count INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    holder VARCHAR(36)
);

CREATE INDEX IF NOT EXISTS messages_by_due_time ON messages (queue, due_at, seq);

-- The ids that were stored within the deduplication window.
CREATE TABLE IF NOT EXISTS seen_ids (
    queue VARCHAR(200) NOT NULL REFERENCES queues (name) ON DELETE CASCADE,
    message_id VARCHAR(200) NOT NULL,
    seen_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (queue, message_id)
);

CREATE INDEX IF NOT EXISTS seen_ids_by_time ON seen_ids (queue, seen_at);

-- A reason is bytes, because PostgreSQL has no text with a NUL character.
CREATE TABLE IF NOT EXISTS dead_letters (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue VARCHAR(200) NOT NULL REFERENCES queues (name) ON DELETE CASCADE,
    message_id VARCHAR(200) NOT NULL,
    data BYTES NOT NULL,
    retry_count INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    reason BYTES NOT NULL,
    died_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE INDEX IF NOT EXISTS dead_letters_by_queue ON dead_letters (queue, id);
