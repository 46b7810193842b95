package io.scheduler.infrastructure.redis;

import java.util.ArrayList;
import java.util.List;
import org.redisson.client.handler.State;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.convertor.Convertor;
import org.redisson.client.protocol.decoder.MultiDecoder;

/**
 * The question who has what was written, asked once on the connection that wrote: {@code WAIT} or {@code WAITAOF}.
 *
 * <p>Only an answer behind a write that was done counts. A node of a cluster that redirects the write answers the
 * question nevertheless, and well, because nothing was written there; Redisson then sends both to the other node, and
 * its own future would keep what the first one said.
 */
final class ConfirmedCopies {

    private final Durability wanted;
    private volatile int disksOfMaster;
    private volatile int replicas;

    ConfirmedCopies(Durability wanted) {
        this.wanted = wanted;
    }

    /** The write, under another name; when it was done, whatever was counted before is void. */
    RedisCommand<Object> behind(RedisCommand<Object> write, String name) {
        Convertor<Object> convertor = write.getConvertor();
        return new RedisCommand<>(write, name, answer -> {
            count(0L, 0L);
            return convertor.convert(answer);
        });
    }

    RedisCommand<Object> command() {
        return wanted instanceof Durability.Disks
                ? new RedisCommand<>("WAITAOF", new Counts())
                : new RedisCommand<>("WAIT", answer -> count(0L, answer).get(1));
    }

    /** @param waitMillis how long Redis may wait for it; at least 1, because it takes 0 for ever */
    Object[] arguments(long waitMillis) {
        return wanted instanceof Durability.Disks
                ? new Object[] {wantedDisksOfMaster(), wantedReplicas(), waitMillis}
                : new Object[] {wantedReplicas(), waitMillis};
    }

    boolean suffice() {
        return disksOfMaster >= wantedDisksOfMaster() && replicas >= wantedReplicas();
    }

    /** How many of how many, for instance {@code 0 of 1 replicas}. */
    @Override
    public String toString() {
        if (wanted instanceof Durability.Replicas) {
            return replicas + " of " + wantedReplicas() + " replicas";
        }
        List<String> counts = new ArrayList<>();
        if (wantedDisksOfMaster() > 0) {
            counts.add(disksOfMaster + " of 1 disk of the master");
        }
        if (wantedReplicas() > 0) {
            counts.add(replicas + " of " + wantedReplicas() + " disks of replicas");
        }
        return String.join(" and ", counts);
    }

    private int wantedDisksOfMaster() {
        return wanted instanceof Durability.Disks disks && disks.master() ? 1 : 0;
    }

    private int wantedReplicas() {
        return wanted instanceof Durability.Disks disks ? disks.replicas() : ((Durability.Replicas) wanted).replicas();
    }

    /** As the ints that Redisson reckons with. */
    private List<Integer> count(Object disksOfMaster, Object replicas) {
        this.disksOfMaster = Math.toIntExact((Long) disksOfMaster);
        this.replicas = Math.toIntExact((Long) replicas);
        return List.of(this.disksOfMaster, this.replicas);
    }

    private final class Counts implements MultiDecoder<Object> {

        @Override
        public Object decode(List<Object> parts, State state) {
            return count(parts.get(0), parts.get(1));
        }
    }
}
