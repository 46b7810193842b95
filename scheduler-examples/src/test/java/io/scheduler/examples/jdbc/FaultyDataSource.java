package io.scheduler.examples.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A real database behind a network that fails when it is told to. */
final class FaultyDataSource implements DataSource {

    private static final String CONNECTION_FAILURE = "08006";

    private final DataSource database;
    private volatile boolean refusing;
    private volatile boolean losing;
    private volatile CountDownLatch release = new CountDownLatch(0);
    private final CountDownLatch held = new CountDownLatch(1);

    FaultyDataSource(DataSource database) {
        this.database = database;
    }

    void refuseConnections() {
        refusing = true;
    }

    /** The database commits, and nobody hears of it. */
    void loseTheAnswerToCommits() {
        losing = true;
    }

    /** Commits wait until this is healed. */
    void holdCommits() {
        release = new CountDownLatch(1);
    }

    void awaitAHeldCommit() throws InterruptedException {
        held.await();
    }

    void heal() {
        release.countDown();
        refusing = false;
        losing = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (refusing) {
            throw new SQLException("refused by the test", CONNECTION_FAILURE);
        }
        Connection connection = database.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && release.getCount() > 0) {
                        held.countDown();
                        release.await();
                    }
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (losing && method.getName().equals("commit")) {
                            throw new SQLException("lost by the test", CONNECTION_FAILURE);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return database.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        database.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
