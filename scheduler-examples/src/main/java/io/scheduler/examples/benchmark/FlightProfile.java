package io.scheduler.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What ran during a recording, in percent.
 *
 * @param running whose code it was
 * @param behalf on whose behalf: the first frame above that is not the JDK's
 * @param methods the methods that ran
 */
record FlightProfile(Map<Owner, Double> running, Map<Owner, Double> behalf, Map<String, Double> methods) {

    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final String JAVA = "jdk.ExecutionSample";
    private static final String NATIVE = "jdk.NativeMethodSample";

    /** Native methods in which a thread waits and runs nothing. */
    private static final Set<String> WAITS = Set.of(
            "wait",
            "select",
            "poll",
            "accept",
            "accept0",
            "park",
            "wait0",
            "waitForReferencePendingList",
            "waitForProcessExit0",
            "epollWait",
            "epollWait0",
            "connect0",
            "poll0");

    /** Records what is done; the file is removed afterwards. */
    static FlightProfile of(Allocated.Action action) throws Exception {
        Path file = Files.createTempFile("benchmark", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(JAVA).withPeriod(INTERVAL);
            recording.enable(NATIVE).withPeriod(INTERVAL);
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
            return read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static FlightProfile read(Path file) throws IOException {
        Map<Owner, Double> running = new EnumMap<>(Owner.class);
        Map<Owner, Double> behalf = new EnumMap<>(Owner.class);
        Map<String, Double> methods = new HashMap<>();
        List<RecordedEvent> samples = RecordingFile.readAllEvents(file).stream()
                .filter(FlightProfile::isRunning)
                .toList();
        double share = 100.0 / Math.max(1, samples.size());
        for (RecordedEvent sample : samples) {
            List<RecordedFrame> frames = sample.getStackTrace().getFrames();
            RecordedFrame top = frames.get(0);
            running.merge(isNative(sample) ? Owner.KERNEL : ownerOf(top), share, Double::sum);
            behalf.merge(firstOutsideJdk(frames).orElse(Owner.JDK), share, Double::sum);
            methods.merge(
                    top.getMethod().getType().getName() + "." + top.getMethod().getName(), share, Double::sum);
        }
        return new FlightProfile(running, behalf, methods);
    }

    private static boolean isRunning(RecordedEvent event) {
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            return false;
        }
        String method = event.getStackTrace().getFrames().get(0).getMethod().getName();
        return !isNative(event) || !WAITS.contains(method);
    }

    private static boolean isNative(RecordedEvent event) {
        return event.getEventType().getName().equals(NATIVE);
    }

    private static Optional<Owner> firstOutsideJdk(List<RecordedFrame> frames) {
        return frames.stream()
                .map(FlightProfile::ownerOf)
                .filter(owner -> owner != Owner.JDK)
                .findFirst();
    }

    private static Owner ownerOf(RecordedFrame frame) {
        return Owner.of(frame.getMethod().getType().getName());
    }
}
