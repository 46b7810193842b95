-- Stores messages that were not seen within the deduplication window: those that are due at the end of the
-- stream, the others in the delayed set.
--
-- KEYS[1]     the stream
-- KEYS[2]     the delayed set
-- KEYS[3..6]  the ring of seen ids: four sets, each of which takes the ids of one window's length
-- ARGV[1]     the consumer group
-- ARGV[2]     the deduplication window in milliseconds
-- ARGV[3..]   six values a message: message_id, when it is due in milliseconds since 1970 (0: at once), data,
--             timestamp, retry_count, correlation_id (empty: it has none)
-- Returns     how many messages were stored; the others had been seen
--
-- All or none: whatever can fail is tried before the first write. An id is remembered after its message was
-- stored, never before, so that an error in between costs a duplicate and no message. Because the ring looks one
-- set back, an id is remembered for one to two windows; and one set ahead, so that a clock that steps back, as after
-- a fail-over, forgets none.

local FIELDS = 6
local MAX_UNPACK = 4000 -- Lua's stack holds about 8,000 values

local stream, delayed = KEYS[1], KEYS[2]
local window = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local place = string.format('%010d%06d', time[1], time[2])
local slot = math.floor(now / window)
local current = KEYS[3 + slot % 4]
local following = KEYS[3 + (slot + 1) % 4]
local outdated = KEYS[3 + (slot + 2) % 4]
local previous = KEYS[3 + (slot + 3) % 4]

-- Wrong types and missing permissions show here.
redis.call('XLEN', stream)
redis.call('ZCARD', delayed)
require_permission('XADD', stream, '*', 'f', 'v')
require_permission('ZADD', delayed, 0, 'm')
require_permission('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
require_permission('SADD', current, 'm')
require_permission('PEXPIREAT', current, 0)
require_permission('UNLINK', outdated)

local ids = {}
for i = 3, #ARGV, FIELDS do
  ids[#ids + 1] = ARGV[i]
end

local seen = {}
local function look_up(set)
  for from = 1, #ids, MAX_UNPACK do
    local to = math.min(from + MAX_UNPACK - 1, #ids)
    for k, member in ipairs(redis.call('SMISMEMBER', set, unpack(ids, from, to))) do
      if member == 1 then
        seen[ids[from + k - 1]] = true
      end
    end
  end
end
look_up(current)
for _, set in ipairs({ previous, following }) do
  if redis.call('EXISTS', set) == 1 then
    look_up(set)
  end
end

local stored = {}
for n, id in ipairs(ids) do
  if not seen[id] then
    seen[id] = true
    stored[#stored + 1] = id
    local at = 3 + (n - 1) * FIELDS
    local entry = {
      'message_id', id, 'data', ARGV[at + 2], 'timestamp', ARGV[at + 3], 'retry_count', ARGV[at + 4]
    }
    if ARGV[at + 5] ~= '' then
      entry[9], entry[10] = 'correlation_id', ARGV[at + 5]
    end
    local due = tonumber(ARGV[at + 1])
    if due <= now then
      write('XADD', stream, '*', unpack(entry))
    else
      if redis.call('EXISTS', stream) == 0 then
        write('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
      end
      -- What comes first keeps members with equal times apart, and in the order of their publication.
      table.insert(entry, 1, string.format('%s-%05d', place, n))
      write('ZADD', delayed, due, cjson.encode(entry))
    end
  end
end

for from = 1, #stored, MAX_UNPACK do
  write('SADD', current, unpack(stored, from, math.min(from + MAX_UNPACK - 1, #stored)))
end
if #stored > 0 then
  write('PEXPIREAT', current, (slot + 3) * window)
end
write('UNLINK', outdated)
return #stored
