package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a password and nothing else; what is in it now is what counts. Errors never show its text. */
final class PasswordFile {

    private static final String ALLOWED =
            "a readable file with one line of UTF-8, of 1 to 4096 bytes, which is the password";
    private static final int MAX_BYTES = 4096;

    private PasswordFile() {}

    /**
     * Reads the password. A line end behind it, as editors leave one, is no part of it.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no password
     */
    static String read(Path file) {
        String text = text(file);
        String password = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        password = password.endsWith("\r") ? password.substring(0, password.length() - 1) : password;
        if (password.isEmpty()) {
            throw refusal(file, "which is empty");
        }
        if (password.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw refusal(file, "which has several lines");
        }
        return password;
    }

    private static String text(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 3);
        } catch (IOException e) {
            throw refusal(file, "which cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        if (bytes.length > MAX_BYTES + 2) {
            throw refusal(file, "which is longer");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refusal(file, "which is no UTF-8");
        }
    }

    private static IllegalArgumentException refusal(Path file, String flaw) {
        return Allowed.refusal("passwordFile", Allowed.quoted(file.toString()) + ", " + flaw + ",", ALLOWED);
    }
}
