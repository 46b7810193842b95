package io.scheduler.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Asks that at least one of the classes uses a library, which a misspelt name of the library would not. */
final class UseOneOf extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> library;
    private boolean used;

    UseOneOf(DescribedPredicate<JavaClass> library) {
        super("use one class that should " + library.getDescription());
        this.library = library;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        used |= type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .anyMatch(library);
    }

    @Override
    public void finish(ConditionEvents events) {
        if (!used) {
            events.add(SimpleConditionEvent.violated(this, "No class uses one that would " + library.getDescription()));
        }
    }
}
