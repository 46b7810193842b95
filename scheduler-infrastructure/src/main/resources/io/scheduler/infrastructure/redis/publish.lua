-- Stores messages that were not seen within the deduplication window: those that are due at the end of the
-- stream, the others in the delayed set.
--
-- KEYS[1]     the stream
-- KEYS[2]     the delayed set
-- KEYS[3..6]  the ring of seen ids: four hashes, each of which takes the ids of one window's length; a field is a
--             stem, which is an id without its last character, and its value is the endings that came with it
-- ARGV[1]     the consumer group
-- ARGV[2]     the deduplication window in milliseconds
-- ARGV[3]     how many stems follow
-- ARGV[4..]   two values a stem: the stem, and its endings, each of which makes one message's id with it; none twice,
--             but the stem may come again
-- then        two values a message, in the order of the endings: data and timestamp
-- then        two values for each message that has more to it: which one it is, from 1, and "<due> <retry_count>
--             <correlation_id>", due being in milliseconds since 1970 (0: at once), and correlation_id being empty where
--             there is none
-- Returns     how many messages were stored; the others had been seen
--
-- All or none: ids are remembered before their messages are stored, and forgotten again if the first message cannot be
-- stored. So they are if a later one cannot: an error in between costs a duplicate and no message. Because the ring
-- looks one hash back, an id is remembered for one to two windows; and one hash ahead, so that a clock that steps back,
-- as after a fail-over, forgets none.
--
-- Field ' ' of a hash, which no stem can be, tells which of its neighbours there have been since it was made: the one
-- before (1), the one behind (2), both (3) or none (0). To look for them each time would cost as much as storing a
-- message.

local BEFORE, BEHIND, BOTH = 1, 2, 3

local stream, delayed = KEYS[1], KEYS[2]
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local following = KEYS[3 + (slot + 1) % 4]
local outdated = KEYS[3 + (slot + 2) % 4]
local previous = KEYS[3 + (slot + 3) % 4]

if #ARGV < first_data - 1 + 2 * messages then
  error('ERR there are fewer values than messages')
end

-- What some messages have more, by where their data is.
local rests, plain = {}, true
for at = first_data + 2 * messages, #ARGV, 2 do
  local number, rest = tonumber(ARGV[at]), ARGV[at + 1] or ''
  if not number or number < 1 or number > messages or not string.find(rest, '^%d+ %d+ ') then
    error("ERR '" .. ARGV[at] .. "', '" .. rest .. "' is no message's '<due> <retry_count> <correlation_id>'")
  end
  rests[first_data + 2 * number - 2] = rest
  plain = false
end

-- What a hash has in these fields: the endings that it remembers, by their stem.
local function look_into(key)
  local found = {}
  for from = 1, #fields, MAX_UNPACK do
    local answers = call('HMGET', key, unpack(fields, from, math.min(from + MAX_UNPACK - 1, #fields)))
    for k = 1, #answers do
      found[fields[from + k - 1]] = answers[k] or nil
    end
  end
  return found
end

local remembered = look_into(current)
-- Nil if the hash is not there, or not set up to its end.
local note = tonumber(remembered[NEIGHBOURS] or '')
local neighbours = note or BEFORE * call('EXISTS', previous) + BEHIND * call('EXISTS', following)
local there_is_previous = neighbours == BEFORE or neighbours == BOTH
local there_is_following = neighbours == BEHIND or neighbours == BOTH
local older = there_is_previous and look_into(previous) or {}
if there_is_following then
  for stem, endings in pairs(look_into(following)) do
    older[stem] = (older[stem] or '') .. endings
  end
end

-- Wrong types and missing permissions show before the first message is stored, mostly by themselves. What does not is
-- tried here; so is what would leave a new hash behind for nothing.
if not note or not plain then
  call('XLEN', stream)
  require_permission('XADD', stream, '*', 'f', 'v')
end
if not note then
  require_permission('PEXPIREAT', current, 0)
  require_permission('UNLINK', outdated)
end
if not plain then
  call('ZCARD', delayed)
  require_permission('ZADD', delayed, 0, 'm')
  require_permission('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
end

-- The endings of each stem whose messages are to be stored, and what the hash says of stems before and afterwards.
local unseen, before, after = {}, {}, {}
local seen = nil
for s = 2, #fields do
  local stem, endings = fields[s], ARGV[1 + 2 * s]
  local known = remembered[stem]
  if older[stem] then
    known = (known or '') .. older[stem]
  end
  if known then
    local new = ''
    for n = 1, #endings do
      local ending = string.sub(endings, n, n)
      if string.find(known, ending, 1, true) then
        seen = { stem, ending }
      else
        new = new .. ending
      end
    end
    endings = new
  end
  unseen[s] = endings
  if endings ~= '' then
    local known_here = remembered[stem] or ''
    before[stem] = before[stem] or known_here
    remembered[stem] = known_here .. endings
    after[#after + 1] = stem
    after[#after + 1] = remembered[stem]
  end
end

-- Lets a neighbour of the current hash look at both of its own, should the clock bring it back: rare, so nothing finer.
local function tell(neighbour)
  if call('HMGET', neighbour, NEIGHBOURS)[1] then
    call('HSET', neighbour, NEIGHBOURS, BOTH)
  end
end

if not note then
  -- The field with two spaces is too long for the compact form of a hash, in which each look walks over all of it. The
  -- note comes last: whatever stops this in between, the next publication begins it again.
  call('HSET', current, '  ', string.rep(' ', 100))
  call('PEXPIREAT', current, (slot + 3) * ARGV[2])
  call('UNLINK', outdated)
  if there_is_previous then
    tell(previous)
  end
  if there_is_following then
    tell(following)
  end
  call('HSET', current, NEIGHBOURS, neighbours)
end

local stored = 0

local function store_one(id, data, timestamp, rest)
  local due, retry_count, correlation_id = string.match(rest, '^(%d+) (%d+) (.*)$')
  local entry = { 'message_id', id, 'data', data, 'timestamp', timestamp, 'retry_count', retry_count }
  if correlation_id ~= '' then
    entry[9], entry[10] = 'correlation_id', correlation_id
  end
  if tonumber(due) <= now then
    write('XADD', stream, '*', unpack(entry))
  else
    if call('EXISTS', stream) == 0 then
      write('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
    end
    -- What comes first keeps members with equal times apart, and in the order of their publication.
    table.insert(entry, 1, string.format('%010d%06d-%05d', time[1], time[2], stored))
    write('ZADD', delayed, due, cjson.encode(entry))
  end
end

local function store_all()
  local pcall, sub, find, at = redis.pcall, string.sub, string.find, first_data
  for s = 2, #fields do
    local stem, endings, new = fields[s], values[1 + 2 * s], unseen[s]
    for n = 1, #endings do
      local ending = sub(endings, n, n)
      if new == endings or find(new, ending, 1, true) then
        local id, data, timestamp, rest = stem .. ending, values[at], values[at + 1], rests[at]
        stored = stored + 1
        if rest then
          store_one(id, data, timestamp, rest)
        else
          -- In one call without a table in between.
          done(pcall('XADD', stream, '*', 'message_id', id, 'data', data, 'timestamp', timestamp, 'retry_count', '0'))
        end
      end
      at = at + 2
    end
  end
end

for from = 1, #after, MAX_UNPACK do
  call('HSET', current, unpack(after, from, math.min(from + MAX_UNPACK - 1, #after)))
end
local successful, problem = pcall(store_all)
if not successful then
  for stem, endings in pairs(before) do
    call('HSET', current, stem, endings)
  end
  error(problem, 0)
end
if stored == 0 and seen then
  -- A write that changes nothing: WAIT asks for what its connection wrote, and would call a repeated publication
  -- confirmed at once if it wrote nothing.
  for turn = slot - 1, slot + 1 do
    local holder = KEYS[3 + turn % 4]
    local endings = call('HMGET', holder, seen[1])[1]
    if endings and string.find(endings, seen[2], 1, true) then
      write('PEXPIREAT', holder, (turn + 3) * ARGV[2])
    end
  end
end
return stored
