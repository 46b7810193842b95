package io.scheduler.examples.jdbc;

import java.util.Locale;

/** In what the databases differ. */
enum SqlDialect {

    /**
     * {@code FOR UPDATE SKIP LOCKED} locks every row that is ready here, whatever the limit, and so hides them all from
     * other consumers. Without it, consumers may look at the same rows; the update that claims one has one winner.
     */
    H2("BLOB", ""),

    /** Consumers do not even look at the same rows. */
    POSTGRESQL("BYTEA", " FOR UPDATE SKIP LOCKED");

    private final String bytes;
    private final String claiming;

    SqlDialect(String bytes, String claiming) {
        this.bytes = bytes;
        this.claiming = claiming;
    }

    /** The dialect of a database, by the name that its driver gives it. */
    static SqlDialect of(String product) {
        for (SqlDialect dialect : values()) {
            if (dialect.name().equals(product.toUpperCase(Locale.ROOT))) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("No dialect for " + product + ": H2 and PostgreSQL are known");
    }

    /** The type of unlimited bytes. */
    String bytes() {
        return bytes;
    }

    /** What a query for rows to claim ends with. */
    String claiming() {
        return claiming;
    }
}
