-- Makes ready what has become due: delayed messages whose time has come and, if asked to, messages whose lease has
-- ended. Both go to the end of the stream, where they wake whoever waits.
--
-- KEYS[1]  the stream
-- KEYS[2]  the delayed set
-- KEYS[3]  the dead letters
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer that asks
-- ARGV[3]  how many messages to move at most, of each kind
-- ARGV[4]  how many attempts a message has
-- ARGV[5]  the lease in milliseconds
-- ARGV[6]  where to begin the search for leases that have ended; empty: do not search
-- Returns  { delayed messages moved, expired leases found, where to go on: 0-0 when all were looked at }

local stream, delayed, dead, group = KEYS[1], KEYS[2], KEYS[3], ARGV[1]
local limit, max_attempts = tonumber(ARGV[3]), tonumber(ARGV[4])

-- The entry that a member of the delayed set will become; nil if it is none.
local function entry_of(member)
  local readable, values = pcall(cjson.decode, member)
  if not readable or type(values) ~= 'table' or #values < 3 or #values % 2 == 0 or #values > MAX_VALUES then
    return nil
  end
  local fields = {}
  for i, value in ipairs(values) do
    if type(value) ~= 'string' then
      return nil
    elseif i > 1 then -- the first one only keeps the members apart, and in order
      fields[i - 1] = value
    end
  end
  return #fields == #values - 1 and fields or nil
end

local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', now_in_millis(), 'LIMIT', 0, limit)
if #due > 0 then
  require_permission('ZREM', delayed, 'm')
  prepare_to_move(stream, group, dead)
end
for _, member in ipairs(due) do
  local fields = entry_of(member)
  if fields then
    write('XADD', stream, '*', unpack(fields))
  else
    bury(dead, { 'data', member }, 'Unreadable: this member of the delayed set is no entry', 0)
  end
  write('ZREM', delayed, member)
end

if ARGV[6] == '' or redis.call('EXISTS', stream) == 0 then
  return { #due, 0, '0-0' }
end

local claimed = redis.pcall('XAUTOCLAIM', stream, group, ARGV[2], ARGV[5], ARGV[6], 'COUNT', limit, 'JUSTID')
if claimed.err then
  if string.find(claimed.err, 'NOGROUP', 1, true) then
    return { #due, 0, '0-0' }
  end
  return claimed
end
if #claimed[2] > 0 then
  prepare_to_move(stream, group, dead)
end
for _, id in ipairs(claimed[2]) do
  local fields = read_entry(stream, id)
  if fields then
    local attempts = number_in(fields, 'attempts') + 1
    if #fields > MAX_VALUES then
      bury(dead, fields, 'Unreadable: it has too many fields', attempts)
    elseif attempts >= max_attempts then
      bury(dead, fields, 'Not settled within its lease at the last of ' .. attempts .. ' attempts', attempts)
    else
      put(fields, 'attempts', attempts)
      write('XADD', stream, '*', unpack(fields))
    end
  end
  leave(stream, group, id)
end
return { #due, #claimed[2], claimed[1] }
