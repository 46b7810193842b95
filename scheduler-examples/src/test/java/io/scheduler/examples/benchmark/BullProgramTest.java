package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With scripts of the shell in place of Node.js, which fail as BullMQ does rarely. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BullProgramTest {

    private static final int NO_REDIS = 1;
    private static final String NEVER_CONSUMES = """
            echo 'ready 5.0.0'
            while read -r command argument; do
              case $command in
                publish) until [ -e "$0.consuming" ]; do sleep 0.01; done; echo 'failed: disk full' ;;
                consume) touch "$0.consuming"; while read -r unheard; do :; done ;;
                *) echo done ;;
              esac
            done
            """;

    @TempDir
    private Path folder;

    @Test
    void aHalfThatFailsEndsTheWorkThoughTheOtherIsNeverAnswered() throws Exception {
        try (BullBroker broker =
                BullBroker.start(script(NEVER_CONSUMES), NO_REDIS).orElseThrow()) {
            Candidate both = new WholeWork(10).both(broker);

            assertThatThrownBy(() -> both.load().run(Effort.TRIAL.time()))
                    .rootCause()
                    .hasMessageEndingWith("failed: disk full");
            assertThat(broker.publisher().process().isAlive()).isTrue();
            assertThat(broker.consumer().process().isAlive()).isFalse();
        }
    }

    @Test
    void aProgramThatTakesTooLongIsEndedAndSaysSoToLaterCalls() throws Exception {
        try (BullProgram program = BullProgram.start(script(NEVER_CONSUMES), NO_REDIS, Duration.ofSeconds(2))) {
            assertThat(program.line()).startsWith("ready");
            assertThatIllegalStateException()
                    .isThrownBy(() -> program.call("consume", 10))
                    .withMessageContaining("did not answer in PT2S");

            assertThat(program.process().isAlive()).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(() -> program.call("close", "bull-1"))
                    .withMessageContaining("has ended");
        }
    }

    @Test
    void theFirstProgramIsNotLeftWhereTheSecondDoesNotStart() throws Exception {
        Path node = script("""
                mkdir "$0.first" || exit 1
                echo $$ > "$0.pid"
                echo 'ready 5.0.0'
                exec cat > /dev/null
                """);

        assertThatIllegalStateException()
                .isThrownBy(() -> BullBroker.start(node, NO_REDIS))
                .withMessageContaining("has ended");

        long first = Long.parseLong(Files.readString(Path.of(node + ".pid")).strip());
        assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("node"), "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
