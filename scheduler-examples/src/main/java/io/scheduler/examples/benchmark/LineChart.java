package io.scheduler.examples.benchmark;

import java.util.List;

/**
 * A small diagram for each group, in which the rows are the steps and each column is a line. Both axes are logarithmic:
 * what costs the same at each step is level.
 *
 * @param result the section that it shows
 */
record LineChart(Result result) {

    private static final int WIDTH = 860;
    private static final int LEFT = 90;
    private static final int PLOT_WIDTH = 560;
    private static final int PLOT_HEIGHT = 130;
    private static final List<String> STYLES = List.of("ours", "second", "reference");

    String draw() {
        Svg svg = new Svg(WIDTH);
        double y = 26;
        svg.text(0, y, "title", "start", result.title() + ", messages/s (logarithmic)");
        for (String group : result.groups()) {
            List<Figure> figures = result.figuresOf(group).stream()
                    .filter(figure -> figure.unit() == Unit.MESSAGES_PER_SECOND)
                    .toList();
            if (!figures.isEmpty()) {
                drawGroup(svg, y + 36, group, figures);
                y += PLOT_HEIGHT + 80;
            }
        }
        return svg.end(y, result.title());
    }

    private static void drawGroup(Svg svg, double top, String title, List<Figure> figures) {
        svg.text(0, top, "group", "start", title);
        double plot = top + 14;
        int highest = (int) Math.ceil(
                Math.log10(figures.stream().mapToDouble(Figure::median).max().orElseThrow()));
        int lowest = (int) Math.floor(
                Math.log10(figures.stream().mapToDouble(Figure::median).min().orElseThrow()));
        double decade = (double) PLOT_HEIGHT / Math.max(1, highest - lowest);
        for (int power = lowest; power <= highest; power++) {
            double y = plot + (highest - power) * decade;
            svg.line(LEFT, y, LEFT + PLOT_WIDTH, y, "grid");
            svg.text(LEFT - 8, y + 4, "small", "end", Unit.MESSAGES_PER_SECOND.format(Math.pow(10, power)));
        }
        List<String> steps = figures.stream().map(Figure::name).distinct().toList();
        double distance = (double) PLOT_WIDTH / Math.max(1, steps.size() - 1);
        for (int i = 0; i < steps.size(); i++) {
            svg.text(LEFT + i * distance, plot + PLOT_HEIGHT + 18, "small", "middle", steps.get(i));
        }
        List<String> columns = figures.stream().map(Figure::column).distinct().toList();
        for (int c = 0; c < columns.size(); c++) {
            String column = columns.get(c);
            String style = STYLES.get(c % STYLES.size());
            double x = LEFT;
            double lastX = 0;
            double lastY = 0;
            for (String step : steps) {
                for (Figure figure : figures) {
                    if (figure.name().equals(step) && figure.column().equals(column)) {
                        double y = plot + (highest - Math.log10(figure.median())) * decade;
                        svg.dot(x, y, style);
                        if (lastX > 0) {
                            svg.line(lastX, lastY, x, y, "line " + style);
                        }
                        lastX = x;
                        lastY = y;
                    }
                }
                x += distance;
            }
            svg.text(LEFT + PLOT_WIDTH + 40, plot + 16 + c * 20, "label", "start", column);
            svg.dot(LEFT + PLOT_WIDTH + 28, plot + 12 + c * 20, style);
        }
    }
}
