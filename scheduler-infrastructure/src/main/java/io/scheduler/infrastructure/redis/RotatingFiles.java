package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some files hold, read again when one of them has changed, so that they can be replaced without a restart. While
 * they cannot be used, such as between the replacing of one and of the other, what they held before goes on. Safe for
 * use by several threads.
 */
final class RotatingFiles<T> {

    private static final Logger log = LoggerFactory.getLogger(RotatingFiles.class);

    private final List<Path> files;
    private final Supplier<T> reading;
    private Optional<List<Stamp>> tried;
    private T held;

    /**
     * Reads them for the first time.
     *
     * @throws IllegalArgumentException if they cannot be used
     */
    RotatingFiles(List<Path> files, Supplier<T> reading) {
        this.files = files;
        this.reading = reading;
        // Before they are read: what changes meanwhile is read again.
        this.tried = stamps();
        this.held = reading.get();
    }

    synchronized T now() {
        Optional<List<Stamp>> present = stamps();
        if (present.isPresent() && !present.equals(tried)) {
            tried = present;
            try {
                held = reading.get();
                log.info("Read {} again, for new connections", files);
            } catch (IllegalArgumentException e) {
                log.warn("New connections go on with what was read before: {}", e.getMessage());
            }
        }
        return held;
    }

    /** Empty while one of them is not there. */
    private Optional<List<Stamp>> stamps() {
        try {
            Stamp[] stamps = new Stamp[files.size()];
            for (int i = 0; i < stamps.length; i++) {
                stamps[i] = Stamp.of(files.get(i));
            }
            return Optional.of(List.of(stamps));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What changes with a file, also when a link to it is turned. */
    private record Stamp(Object modified, long size, Optional<Object> key) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
        }
    }
}
