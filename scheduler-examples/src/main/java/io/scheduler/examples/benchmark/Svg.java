package io.scheduler.examples.benchmark;

import java.util.Locale;

/** An SVG picture in the making, readable on light and on dark pages. */
final class Svg {

    /** Colours that keep their contrast on both; a viewer who cannot tell them apart has the labels. */
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328; }
              .title { font-size: 17px; font-weight: 600; }
              .group { font-weight: 600; }
              .small { font-size: 11px; fill: #59636e; }
              .ours { fill: #1a7f64; stroke: #1a7f64; }
              .reference { fill: #9aa4af; stroke: #9aa4af; }
              .second { fill: #bf5b04; stroke: #bf5b04; }
              .line { fill: none; stroke-width: 2; }
              .grid { stroke: #d1d9e0; stroke-width: 1; }
              .spread { stroke: #1f2328; stroke-width: 1.5; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .small { fill: #9198a1; }
                .ours { fill: #3fb98f; stroke: #3fb98f; }
                .reference { fill: #656f7a; stroke: #656f7a; }
                .second { fill: #e08a3c; stroke: #e08a3c; }
                .line { fill: none; }
                .grid { stroke: #30363d; }
                .spread { stroke: #e6edf3; }
              }
            </style>
            """;

    private final StringBuilder body = new StringBuilder();
    private final int width;

    Svg(int width) {
        this.width = width;
    }

    void text(double x, double y, String style, String anchor, String text) {
        add("<text x='%.1f' y='%.1f' class='%s' text-anchor='%s'>%s</text>", x, y, style, anchor, escape(text));
    }

    void bar(double x, double y, double width, double height, String style) {
        add(
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='2' class='%s'/>",
                x, y, Math.max(1, width), height, style);
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' class='%s'/>", x1, y1, x2, y2, style);
    }

    void dot(double x, double y, String style) {
        add("<circle cx='%.1f' cy='%.1f' r='3' class='%s'/>", x, y, style);
    }

    String end(double height, String title) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %.0f' width='%d' role='img'"
                                + " aria-label='%s'>%n",
                        width,
                        height,
                        width,
                        escape(title))
                + STYLE
                + body
                + "</svg>\n";
    }

    private void add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }
}
