package io.scheduler.examples;

/** Prints what an example does, as a story in numbered chapters. */
final class Story {

    private int chapter;

    void chapter(String title) {
        chapter++;
        System.out.printf("%n%d. %s%n", chapter, title);
    }

    void say(String format, Object... values) {
        System.out.printf("   " + format + "%n", values);
    }
}
