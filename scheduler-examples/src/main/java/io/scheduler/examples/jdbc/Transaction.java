package io.scheduler.examples.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that are done together or not at all; for use by one thread, within {@link Database#call}. Values are
 * bound, never concatenated: strings, numbers, byte arrays, and instants, whose fraction is cut to microseconds.
 */
final class Transaction {

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final int timeoutSeconds;

    Transaction(Connection connection, Duration timeout) {
        this.connection = connection;
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
    }

    /** The database's clock, which shows when this transaction began. */
    Instant now() throws SQLException {
        return query("SELECT CURRENT_TIMESTAMP", row -> instant(row, 1)).get(0);
    }

    /** The name and version of the database. */
    List<String> product() throws SQLException {
        return List.of(
                connection.getMetaData().getDatabaseProductName(),
                connection.getMetaData().getDatabaseProductVersion());
    }

    <T> List<T> query(String sql, Row<T> row, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        }
    }

    boolean exists(String sql, Object... values) throws SQLException {
        return !query(sql, row -> true, values).isEmpty();
    }

    /** Returns how many rows it changed. */
    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** The same statement for many values, in their order; returns for each how many rows it changed. */
    int[] updateEach(String sql, List<Object[]> each) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (Object[] values : each) {
                bind(statement, values);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(timeoutSeconds);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (values[i] instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }
}
