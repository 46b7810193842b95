package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.QueueName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** Lists, redrives and removes dead letters. Futures fail with the bare failure. Safe for use by several threads. */
final class RedisDeadLetters {

    private static final int BATCH = 500;

    /** The last three pairs of a letter tell of its death; the rest is the entry as it was. */
    private static final int OWN_FIELDS = 6;

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}-[0-9]{1,18}");

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

    private final RedisScripts scripts;
    private final RedisStreamConfig config;
    private final EntryReader entries;

    RedisDeadLetters(RedisScripts scripts, RedisStreamConfig config, MessageCodec codec) {
        this.scripts = scripts;
        this.config = config;
        this.entries = new EntryReader(codec);
    }

    /** As Redis has them, for {@link #read}. */
    CompletableFuture<List<?>> list(QueueName queue, String afterId, int max) {
        RedisKeys keys = RedisKeys.of(queue, config);
        return scripts.run(RedisScript.DEAD_LETTERS, List.of(keys.dead()), List.of(afterId, max))
                .thenApply(letters -> (List<?>) letters);
    }

    /** Takes as long as the codec does. */
    List<DeadLetter> read(QueueName queue, List<?> letters) {
        return letters.stream().map(letter -> letter(queue, (List<?>) letter)).toList();
    }

    /** Those that died first; no more than are there when it begins, although they may die again meanwhile. */
    CompletableFuture<Long> redrive(QueueName queue, long max) {
        return redrive(RedisKeys.of(queue, config), max, "", 0);
    }

    private CompletableFuture<Long> redrive(RedisKeys keys, long max, String lastId, long before) {
        long batch = Math.min(BATCH, max - before);
        return scripts.run(RedisScript.REDRIVE, List.of(keys.dead(), keys.stream()), List.of("first", batch, lastId))
                .thenCompose(result -> {
                    List<?> answer = (List<?>) result;
                    long moved = (Long) answer.get(0);
                    long total = before + moved;
                    boolean more = (Long) answer.get(2) == 1 && total < max;
                    return !more
                            ? CompletableFuture.completedFuture(total)
                            : redrive(keys, max, text(answer.get(1)), total);
                });
    }

    CompletableFuture<Long> redrive(QueueName queue, Collection<String> ids) {
        RedisKeys keys = RedisKeys.of(queue, config);
        List<String> all = ids.stream().distinct().toList();
        CompletableFuture<Long> total = CompletableFuture.completedFuture(0L);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Object> arguments = new ArrayList<>(List.of("these"));
            arguments.addAll(all.subList(from, Math.min(from + BATCH, all.size())));
            total = total.thenCompose(sum -> scripts.run(
                            RedisScript.REDRIVE, List.of(keys.dead(), keys.stream()), arguments)
                    .thenApply(result -> sum + (Long) ((List<?>) result).get(0)));
        }
        return total;
    }

    CompletableFuture<Long> purge(QueueName queue) {
        return scripts.run(
                        RedisScript.PURGE_DEAD,
                        List.of(RedisKeys.of(queue, config).dead()),
                        List.of())
                .thenApply(Long.class::cast);
    }

    static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Invalid dead letter id '" + id
                    + "': allowed is the id() of a DeadLetter, such as 1795457693031-0");
        }
    }

    /** Strangers may have written anything here: what does not tell of its death is shown all the same. */
    private DeadLetter letter(QueueName queue, List<?> letter) {
        String id = text(letter.get(0));
        List<?> values = (List<?>) letter.get(1);
        int end = values.size() - OWN_FIELDS;
        boolean ours = end >= 0 && text(values.get(end)).equals("dead_reason");
        Map<String, byte[]> fields = new LinkedHashMap<>();
        for (int i = 0; i < (ours ? end : values.size()); i += 2) {
            fields.put(text(values.get(i)), (byte[]) values.get(i + 1));
        }
        return new DeadLetter(
                id,
                queue,
                ours ? text(values.get(end + 1)) : "Unreadable: it does not tell why it died",
                Instant.ofEpochMilli(ours ? number(values.get(end + 3)) : Long.parseLong(id.split("-")[0])),
                ours ? (int) number(values.get(end + 5)) : 0,
                message(ReceivedEntry.of(id, fields)),
                fields);
    }

    private static long number(Object bytes) {
        String text = text(bytes);
        return COUNT.matcher(text).matches() ? Long.parseLong(text) : 0;
    }

    private Optional<Message> message(ReceivedEntry entry) {
        try {
            return Optional.of(entries.message(entry));
        } catch (PayloadException e) {
            return Optional.empty();
        }
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
