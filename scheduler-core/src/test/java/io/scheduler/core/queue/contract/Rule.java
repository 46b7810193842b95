package io.scheduler.core.queue.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Cites the rules of {@code docs/delivery-contract.md} that a test proves. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {

    /**
     * The rules' numbers, such as {@code "1.3"}.
     *
     * @return at least one
     */
    String[] value();
}
