package io.scheduler.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final int MANY = 1_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void withoutPrefetchingEachHandlerThatEndsLeavesAPlace() {
        Room room = new Room(4, 0, MANY);
        room.take(4);
        assertThat(room.free()).isZero();

        room.handled(1);

        assertThat(room.free()).isEqualTo(1);
    }

    @Test
    void thereIsRoomAgainWhenHalfOfWhatWasPrefetchedIsUsedUp() {
        Room room = new Room(4, 10, MANY);
        assertThat(room.free()).isEqualTo(14);
        room.take(14);

        for (int handled = 1; handled < 5; handled++) {
            room.handled(1);
            assertThat(room.free()).isZero();
        }
        room.handled(1);

        assertThat(room.free()).isEqualTo(5);
    }

    @Test
    void noHandlerIsIdleWhileThereIsNoRoom() {
        for (int prefetch = 0; prefetch < 20; prefetch++) {
            Room room = new Room(3, prefetch, MANY);
            int held = 0;
            while (room.free() > 0) {
                room.take(1);
                held++;
            }
            assertThat(held).as("prefetch " + prefetch).isBetween(3, 3 + prefetch);
        }
    }

    @Test
    void whatWaitsToBeSettledTakesRoom() {
        Room room = new Room(4, 0, 2);
        room.take(2);
        room.handled(1);
        room.handled(1);
        assertThat(room.free()).isZero();

        room.settled(1);

        assertThat(room.free()).isEqualTo(4);
    }

    @Test
    void whoWaitsForRoomIsToldWhenThereIsSome() {
        Room room = new Room(1, 4, MANY);
        room.take(5);
        CompletableFuture<Integer> free = inBackground(() -> {
            room.awaitFree(System.nanoTime() + LONG.toNanos());
            return room.free();
        });

        room.handled(1);
        room.handled(1);

        assertThat(free).succeedsWithin(LONG).isEqualTo(2);
    }

    @Test
    void whoWaitsForTheEndIsToldWhenAllIsSettled() {
        Room room = new Room(1, 0, 1);
        room.take(1);
        CompletableFuture<Boolean> empty = inBackground(() -> room.awaitEmpty(System.nanoTime() + LONG.toNanos()));

        room.handled(1);
        room.settled(1);

        assertThat(empty).succeedsWithin(LONG).isEqualTo(true);
    }

    /** What may be interrupted. */
    @FunctionalInterface
    private interface Wait<T> {
        T get() throws InterruptedException;
    }

    private static <T> CompletableFuture<T> inBackground(Wait<T> wait) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(wait.get());
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return result;
    }
}
