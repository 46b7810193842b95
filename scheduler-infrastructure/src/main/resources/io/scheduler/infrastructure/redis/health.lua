-- Asks the server how it is.
--
-- Returns  { PING's answer, INFO's text, or an empty one where INFO is not permitted, the time in ms since 1970 }

local info = redis.pcall('INFO')
if type(info) == 'table' then
  info = ''
end
local time = redis.call('TIME')
return { redis.call('PING').ok, info, time[1] * 1000 + math.floor(time[2] / 1000) }
