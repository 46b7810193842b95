package io.scheduler.core.queue.contract;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a test as the rule it cites and its name as a sentence: "1.3 a repeated publication adds nothing". */
final class RuleNames extends DisplayNameGenerator.Standard {

    @Override
    public String generateDisplayNameForMethod(
            List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        Rule rule = testMethod.getAnnotation(Rule.class);
        if (rule == null) {
            return super.generateDisplayNameForMethod(enclosingInstanceTypes, testClass, testMethod);
        }
        String sentence = testMethod
                .getName()
                .replaceAll("(?=[A-Z])|(?<=[a-z])(?=[0-9])", " ")
                .toLowerCase(Locale.ROOT);
        return String.join(", ", rule.value()) + " " + sentence;
    }
}
