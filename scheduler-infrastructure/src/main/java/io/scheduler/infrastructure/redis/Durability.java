package io.scheduler.infrastructure.redis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who must have a message before its publication counts as done. Immutable.
 *
 * <p>Beyond the master it costs each publication the way to the replicas or to the disk and back, and it needs servers
 * that are there: where fewer confirm in time, the publication ends with an
 * {@link io.scheduler.core.queue.OutcomeUnknownException} that tells how many of how many did. The message is stored
 * then, where the master has it; repeating the publication stores nothing twice, and waits again.
 *
 * <p>Only publications wait. What consumers do is replicated in the same order behind them: losing it costs a second
 * delivery and no message.
 */
public sealed interface Durability {

    /** The master has it; whether that is on its disk is up to its {@code appendfsync}. The default. */
    record Master() implements Durability {

        @Override
        public String toString() {
            return "master";
        }
    }

    /**
     * The master and that many replicas have it, in memory: it survives a fail-over to one of them. Needs the command
     * {@code WAIT}, which every Redis has.
     *
     * @param replicas how many, 1 to 100
     */
    record Replicas(int replicas) implements Durability {

        /** Checks the number. */
        public Replicas {
            Allowed.between("durability", replicas, 1, MOST_REPLICAS);
        }

        @Override
        public String toString() {
            return "replicas:" + replicas;
        }
    }

    /**
     * It was written to disk ({@code fsync}), there or here: it survives that these machines lose their power. Needs
     * the command {@code WAITAOF}, which Redis has since 7.2, and {@code appendonly yes} on each of them.
     *
     * @param master whether the master's disk must have it
     * @param replicas how many replicas' disks must have it, 0 to 100, and one at least if the master's need not
     */
    record Disks(boolean master, int replicas) implements Durability {

        /** Checks the number. */
        public Disks {
            Allowed.between("durability", replicas, master ? 0 : 1, MOST_REPLICAS);
        }

        @Override
        public String toString() {
            String ofReplicas = replicas > 0 ? "replica-disks:" + replicas : "";
            return master ? "master-disk" + (replicas > 0 ? "+" : "") + ofReplicas : ofReplicas;
        }
    }

    /** More would be a typing error. */
    int MOST_REPLICAS = 100;

    /** What {@link #parse} reads. */
    String FORMS = "master, replicas:n, master-disk, replica-disks:n or master-disk+replica-disks:n";

    /**
     * Acknowledged by the master; the default.
     *
     * @return {@link Master}
     */
    static Durability master() {
        return new Master();
    }

    /**
     * Acknowledged by the master and by replicas.
     *
     * @param count how many replicas, 1 to 100
     * @return {@link Replicas}
     * @throws IllegalArgumentException if the number is not allowed
     */
    static Durability replicas(int count) {
        return new Replicas(count);
    }

    /**
     * On the master's disk.
     *
     * @return {@link Disks}
     */
    static Durability masterDisk() {
        return new Disks(true, 0);
    }

    /**
     * On the disks of replicas, whatever the master's disk has.
     *
     * @param count how many replicas, 1 to 100
     * @return {@link Disks}
     * @throws IllegalArgumentException if the number is not allowed
     */
    static Durability replicaDisks(int count) {
        return new Disks(false, count);
    }

    /**
     * Reads what {@code toString} writes.
     *
     * @param text {@code master}, {@code replicas:2}, {@code master-disk}, {@code replica-disks:1} or
     *     {@code master-disk+replica-disks:1}
     * @return the durability; empty if the text has none of these forms
     * @throws IllegalArgumentException if its number is not allowed
     */
    static Optional<Durability> parse(String text) {
        if (text.equals("master")) {
            return Optional.of(master());
        }
        if (text.equals("master-disk")) {
            return Optional.of(masterDisk());
        }
        Matcher counted = Pattern.compile("(replicas|replica-disks|master-disk\\+replica-disks):([0-9]{1,9})")
                .matcher(text);
        if (!counted.matches()) {
            return Optional.empty();
        }
        int count = Integer.parseInt(counted.group(2));
        return Optional.of(
                switch (counted.group(1)) {
                    case "replicas" -> replicas(count);
                    case "replica-disks" -> replicaDisks(count);
                    default -> new Disks(true, count);
                });
    }
}
