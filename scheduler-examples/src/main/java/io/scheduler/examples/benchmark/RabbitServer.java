package io.scheduler.examples.benchmark;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A RabbitMQ node of the benchmark's own, without plugins, where {@code rabbitmq-server} is on the PATH.
 *
 * @param names the name service of Erlang, without which no node starts; left to itself it would outlive the node
 */
record RabbitServer(ServerProcess names, ServerProcess node) implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final String LOOPBACK_FOR_ERLANG = "{127,0,0,1}";

    /** What the packages of Debian and Red Hat put on the PATH is for root alone, and runs this as somebody else. */
    private static final Path PACKAGED = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    static Optional<RabbitServer> find() {
        Optional<Path> script =
                ServerProcess.onPath("rabbitmq-server").map(onPath -> Files.isExecutable(PACKAGED) ? PACKAGED : onPath);
        return script.flatMap(node -> ServerProcess.onPath("epmd").map(names -> start(node, names)));
    }

    private static RabbitServer start(Path nodeScript, Path epmd) {
        ServerProcess names = ServerProcess.start((port, folder) ->
                new ProcessBuilder(epmd.toString(), "-port", String.valueOf(port), "-address", BenchmarkRedis.HOST));
        try {
            names.awaitPort(START_TIMEOUT);
            ServerProcess node = ServerProcess.start((port, folder) -> launch(nodeScript, port, folder, names.port()));
            RabbitServer server = new RabbitServer(names, node);
            try {
                node.awaitPort(START_TIMEOUT);
                return server;
            } catch (RuntimeException e) {
                node.close();
                throw e;
            }
        } catch (RuntimeException e) {
            names.close();
            throw e;
        }
    }

    /** All that it writes is in the folder, its cookie too; nothing that is set up for the whole machine is read. */
    private static ProcessBuilder launch(Path script, int port, Path folder, int namesPort) throws IOException {
        Path plugins = Files.writeString(folder.resolve("enabled_plugins"), "[].");
        Path settings = Files.writeString(
                folder.resolve("rabbitmq.conf"), "listeners.tcp.1 = " + BenchmarkRedis.HOST + ":" + port + "\n");
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("HOME", folder.toString()),
                        Map.entry("ERL_EPMD_PORT", String.valueOf(namesPort)),
                        Map.entry("RABBITMQ_NODENAME", "benchmark" + port + "@localhost"),
                        Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
                        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(ServerProcess.freePort())),
                        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                        Map.entry("RABBITMQ_CONFIG_FILE", settings.toString()),
                        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString()),
                        Map.entry(
                                "RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString()),
                        Map.entry(
                                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                                "-start_epmd false -kernel inet_dist_use_interface " + LOOPBACK_FOR_ERLANG)));
        return builder;
    }

    Connection connect() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(BenchmarkRedis.HOST);
        factory.setPort(node.port());
        try {
            return factory.newConnection();
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException("Cannot connect to RabbitMQ", e);
        }
    }

    /** A broker for each kind of queue. */
    Stream<RabbitBroker> brokers() {
        return Stream.of(RabbitBroker.Kind.values()).map(kind -> RabbitBroker.connect(this, kind));
    }

    @Override
    public void close() {
        node.close();
        names.close();
    }
}
