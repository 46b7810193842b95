package io.scheduler.infrastructure.json;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says what went wrong, in words that quote nothing of the JSON.
 *
 * <p>Jackson's own texts, and those of the constructors that it calls, show values, map keys and pieces of the source.
 */
final class Problem {

    private static final int MAX_STEPS = 8;

    private Problem() {}

    /** What went wrong, and where in the object. */
    static String describe(Throwable error) {
        return kind(error) + (error instanceof JacksonException e ? place(e) : "");
    }

    /** The innermost cause with its stack trace, but without its text. */
    static Throwable causeOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return new TextWithheld(root);
    }

    private static String kind(Throwable error) {
        if (error instanceof StreamConstraintsException e) {
            return e.getOriginalMessage(); // sizes and limits only
        }
        if (error instanceof UnexpectedEndOfInputException) {
            return "the JSON ends too early";
        }
        if (error instanceof StreamReadException) {
            return "it is not JSON";
        }
        if (error instanceof MismatchedInputException e && e.getTargetType() != null) {
            return "the JSON does not fit " + e.getTargetType().getTypeName();
        }
        if (error instanceof InvalidDefinitionException e && e.getType() != null) {
            return "Jackson cannot handle " + e.getType().getRawClass().getTypeName();
        }
        if (error instanceof StackOverflowError) {
            return "it is nested too deeply, or contains itself";
        }
        Throwable cause = error instanceof JacksonException && error.getCause() != null ? error.getCause() : error;
        return cause.getClass().getSimpleName() + " was thrown";
    }

    private static String place(JacksonException error) {
        List<JacksonException.Reference> steps = error.getPath();
        if (!steps.isEmpty()) {
            return ", at " + path(steps);
        }
        TokenStreamLocation location = error.getLocation();
        return location != null && location.getByteOffset() >= 0 ? ", at byte " + location.getByteOffset() : "";
    }

    private static String path(List<JacksonException.Reference> steps) {
        StringBuilder path = new StringBuilder();
        steps.stream().limit(MAX_STEPS).forEach(step -> append(path, step));
        return steps.size() > MAX_STEPS ? path.append('…').toString() : path.toString();
    }

    private static void append(StringBuilder path, JacksonException.Reference step) {
        String name = step.getPropertyName();
        if (name == null) {
            path.append('[').append(Math.max(0, step.getIndex())).append(']');
            return;
        }
        if (!path.isEmpty()) {
            path.append('.');
        }
        path.append(isDeclaredBy(step.from(), name) ? name : "*");
    }

    /** Whether a name belongs to the class. The keys of maps and the names that a class did not foresee are content. */
    private static boolean isDeclaredBy(Object from, String name) {
        Class<?> type = from == null || from instanceof Class<?> ? (Class<?>) from : from.getClass();
        if (type == null || Map.class.isAssignableFrom(type)) {
            return false;
        }
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (letters(field.getName()).equals(letters(name))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A name in a form that is alike in all naming strategies. */
    private static String letters(String name) {
        return name.replaceAll("[_.-]", "").toLowerCase(Locale.ROOT);
    }

    /** Stands in for an error whose text may quote the payload. */
    private static final class TextWithheld extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TextWithheld(Throwable original) {
            super(original.getClass().getName() + "; its text is withheld, because it may quote the payload");
            setStackTrace(original.getStackTrace());
        }
    }
}
