package io.scheduler.infrastructure.model;

import org.junit.jupiter.api.Test;

class InMemoryModelTest {

    @Test
    void theQueueInMemoryDoesWhatTheContractSays() {
        ModelCheck.of("InMemoryMessageQueue", InMemorySubject::new, InMemorySubject.PACE, 500, 2)
                .run();
    }
}
