-- Removes consumers that have gone: those with nothing pending that have not been seen for a while, and the one that
-- says good-bye, if nothing is pending on it. XGROUP DELCONSUMER would throw pending entries away.
--
-- KEYS[1]  the stream
-- ARGV[1]  the consumer group
-- ARGV[2]  the consumer that asks
-- ARGV[3]  after how many milliseconds others have gone; empty: only the one that asks is to be removed
-- Returns  how many were removed

local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
if consumers.err then
  return 0 -- no stream or no group: nobody to remove
end
local removed = 0
for _, consumer in ipairs(consumers) do
  local facts = {}
  for i = 1, #consumer, 2 do
    facts[consumer[i]] = consumer[i + 1]
  end
  local asking = facts['name'] == ARGV[2]
  local gone
  if ARGV[3] == '' then
    gone = asking
  else
    gone = not asking and facts['idle'] > tonumber(ARGV[3])
  end
  if gone and facts['pending'] == 0 then
    write('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], facts['name'])
    removed = removed + 1
  end
end
return removed
