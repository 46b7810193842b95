/** The message model, the queue port and the records that a scheduler's dispatcher and workers exchange. */
module io.scheduler.core {
    exports io.scheduler.core.message;
    exports io.scheduler.core.queue;
    exports io.scheduler.core.task;
    exports io.scheduler.core.worker;
}
