package io.scheduler.examples;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the spans that end, and prints them as a tree, where a program sends them to its tracing system. */
final class TraceTree implements SpanExporter {

    private static final String NOBODY = "0000000000000000";

    private final Queue<SpanData> spans = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
        spans.addAll(ended);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    void print(Story story) {
        print(story, NOBODY, "");
    }

    private void print(Story story, String parent, String indent) {
        spans.stream()
                .filter(span -> span.getParentSpanId().equals(parent))
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .forEach(span -> {
                    story.say(
                            "%s%s (%s, trace %s…)%s",
                            indent,
                            span.getName(),
                            span.getKind().name().toLowerCase(Locale.ROOT),
                            span.getTraceId().substring(0, 8),
                            failureOf(span));
                    print(story, span.getSpanId(), indent + "   ");
                });
    }

    private static String failureOf(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(attribute -> attribute.getKey().getKey().equals("error.type"))
                .map(attribute -> " failed with " + attribute.getValue())
                .findFirst()
                .orElse("");
    }
}
