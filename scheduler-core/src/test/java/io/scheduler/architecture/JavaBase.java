package io.scheduler.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/**
 * What the module {@code java.base} exports to everybody: asked of the JDK, so that no list of packages can be wrong.
 */
final class JavaBase extends DescribedPredicate<JavaClass> {

    private static final Module MODULE = Object.class.getModule();

    JavaBase() {
        super("the module java.base exports");
    }

    @Override
    public boolean test(JavaClass type) {
        JavaClass component = type.getBaseComponentType();
        return component.isPrimitive() || MODULE.isExported(component.getPackageName());
    }
}
