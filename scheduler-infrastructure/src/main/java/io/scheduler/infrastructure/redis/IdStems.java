package io.scheduler.infrastructure.redis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The ids of a batch as {@code publish.lua} takes and remembers them: as stems, which are ids without their last
 * character, and the endings that come with them. Ids that were made one after the other mostly share a stem, and cost
 * Redis a character each.
 */
final class IdStems {

    private final List<String> arguments = new ArrayList<>();
    private final StringBuilder endings = new StringBuilder();
    private final BitSet taken = new BitSet();
    private String first = "";

    /** Adds the next id, of one or more characters. */
    void add(String id) {
        int last = id.length() - 1;
        char ending = id.charAt(last);
        boolean sameStem = id.length() == first.length() && id.regionMatches(0, first, 0, last);
        if (!sameStem || taken.get(ending)) {
            endStem();
            first = id;
        }
        endings.append(ending);
        taken.set(ending);
    }

    /** How many stems there are, and each with its endings. */
    void addTo(List<Object> all) {
        endStem();
        all.add(arguments.size() / 2);
        all.addAll(arguments);
    }

    private void endStem() {
        if (!endings.isEmpty()) {
            arguments.add(first.substring(0, first.length() - 1));
            arguments.add(endings.toString());
            endings.setLength(0);
            taken.clear();
        }
    }
}
