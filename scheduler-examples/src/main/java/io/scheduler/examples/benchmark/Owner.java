package io.scheduler.examples.benchmark;

import java.util.List;

/** Whose code a method is. */
enum Owner {
    SCHEDULER("this library", "io.scheduler."),
    BENCHMARK("the benchmark", "io.scheduler.examples."),
    RESILIENCE4J("Resilience4j", "io.github.resilience4j."),
    REDISSON("Redisson", "org.redisson."),
    NETTY("netty", "io.netty."),
    JACKSON("Jackson", "tools.jackson.", "com.fasterxml."),
    KERNEL("the kernel"),
    JDK("the JDK", "");

    private final String text;
    private final List<String> packages;

    Owner(String text, String... packages) {
        this.text = text;
        this.packages = List.of(packages);
    }

    String text() {
        return text;
    }

    /** The one whose package is the longest that fits; everybody else's is the JDK's. */
    static Owner of(String className) {
        Owner found = JDK;
        int longest = 0;
        for (Owner owner : values()) {
            for (String name : owner.packages) {
                if (className.startsWith(name) && name.length() > longest) {
                    found = owner;
                    longest = name.length();
                }
            }
        }
        return found;
    }
}
