package io.scheduler.core.soak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a check has found. For use by one thread. */
final class Findings {

    private final List<Violation> violations = new ArrayList<>();

    void broken(Law law, Story story, String text) {
        violations.add(new Violation(law, text, Optional.of(story)));
    }

    void broken(Law law, String text) {
        violations.add(new Violation(law, text, Optional.empty()));
    }

    void addAll(Collection<Violation> others) {
        violations.addAll(others);
    }

    List<Violation> violations() {
        return violations;
    }

    Set<Law> laws() {
        Set<Law> laws = EnumSet.noneOf(Law.class);
        violations.forEach(violation -> laws.add(violation.law()));
        return laws;
    }
}
