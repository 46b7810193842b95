package io.scheduler.examples.benchmark;

import java.util.List;

/**
 * A bar for each figure, grouped as in the tables; a thin line shows the spread of the rounds.
 *
 * @param result the section that it shows
 */
record BarChart(Result result) {

    private static final int WIDTH = 860;
    private static final int LABELS = 310;
    private static final int VALUES = 110;
    private static final int BAR = 16;
    private static final int ROW = 24;

    String draw() {
        Svg svg = new Svg(WIDTH);
        double y = 26;
        svg.text(0, y, "title", "start", result.title());
        for (String group : result.groups()) {
            List<Figure> figures = result.figuresOf(group);
            for (String column : figures.stream().map(Figure::column).distinct().toList()) {
                List<Figure> bars = figures.stream()
                        .filter(figure -> figure.column().equals(column))
                        .toList();
                y = drawGroup(svg, y + 32, group + ", " + column, bars);
            }
        }
        return svg.end(y + 8, result.title());
    }

    private static double drawGroup(Svg svg, double top, String title, List<Figure> figures) {
        double most = figures.stream().mapToDouble(Figure::highest).max().orElseThrow();
        double scale = (WIDTH - LABELS - VALUES) / most;
        svg.text(0, top, "group", "start", title);
        double y = top + 10;
        for (Figure figure : figures) {
            double middle = y + BAR / 2.0;
            svg.text(LABELS - 8, middle + 4, "label", "end", figure.name());
            svg.bar(LABELS, y, figure.median() * scale, BAR, figure.isOurs() ? "ours" : "reference");
            svg.line(LABELS + figure.lowest() * scale, middle, LABELS + figure.highest() * scale, middle, "spread");
            String value = figure.unit().format(figure.median());
            svg.text(LABELS + figure.highest() * scale + 8, middle + 4, "label", "start", value);
            y += ROW;
        }
        return y;
    }
}
