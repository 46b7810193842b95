package io.scheduler.core.message;

import java.util.Objects;

/**
 * A kind of message: the stable name under which it travels, and the Java class of its payload on this side.
 *
 * <p>Declare one constant for each kind and use it to publish and to read. The name is the contract with other programs
 * and with messages that are already waiting; the class may be renamed or moved freely.
 *
 * @param name 1 to 200 characters out of {@code A-Z a-z 0-9 . _ : -}
 * @param payloadClass the class that payloads of this type are encoded from and decoded into
 * @param <T> the payload's Java type
 */
public record MessageType<T>(String name, Class<T> payloadClass) {

    private static final int MAX_NAME = 200;

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if the name breaks the rule above, or the class is a primitive
     */
    public MessageType {
        requireValidName(name);
        Objects.requireNonNull(payloadClass, "payloadClass");
        if (payloadClass.isPrimitive()) {
            throw new IllegalArgumentException("Message type '" + name + "' has the primitive payload class "
                    + payloadClass + "; use its wrapper class");
        }
    }

    /**
     * Binds a name to a class.
     *
     * @param name the stable name of this kind of message
     * @param payloadClass the class of its payload
     * @param <T> the payload's Java type
     * @return the type
     * @throws IllegalArgumentException if the name is not 1 to 200 characters out of {@code A-Z a-z 0-9 . _ : -}
     */
    public static <T> MessageType<T> of(String name, Class<T> payloadClass) {
        return new MessageType<>(name, payloadClass);
    }

    static void requireValidName(String name) {
        Objects.requireNonNull(name, "type name");
        if (!Text.isName(name, MAX_NAME, "._:-")) {
            throw new IllegalArgumentException("Invalid message type name " + Text.quoted(name)
                    + ": allowed are 1 to 200 characters out of A-Z a-z 0-9 . _ : -");
        }
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
