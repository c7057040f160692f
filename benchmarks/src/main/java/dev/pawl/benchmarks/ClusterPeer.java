package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Instances of a peer on one database: behind HTTP and with as much to store as Pawl, or with jobs from their own processes that store nothing. */
final class ClusterPeer extends ClusterLoad {

    private final Class<?> program;
    private final String address;
    private final boolean isServed;
    private @Nullable Client client;

    private ClusterPeer(Path folder, Class<?> program, String address, boolean isServed) throws IOException {
        super(folder);
        this.program = program;
        this.address = address;
        this.isServed = isServed;
    }

    /**
     * Starts instances on an empty database.
     *
     * @param address the address for JDBC
     * @param isServed whether its jobs come over HTTP and store something
     */
    static ClusterPeer start(Path folder, Class<?> program, String address, int instances, boolean isServed)
            throws Exception {
        ClusterPeer peer = new ClusterPeer(folder, program, address, isServed);
        try {
            for (int n = 0; n < instances; n++) {
                peer.add();
            }
            return peer;
        } catch (Exception e) {
            peer.close();
            throw e;
        }
    }

    @Override
    Service start(Path own) throws Exception {
        return PeerRun.shared(program, address, isServed, own);
    }

    @Override
    void submit(int jobs) throws Exception {
        if (isServed) {
            post(jobs);
        } else {
            each(instance ->
                    command(instance.url(), "/load?jobs=" + jobs / services().size()));
        }
    }

    @Override
    void pause() throws Exception {
        each(instance -> command(instance.url(), "/pause"));
    }

    @Override
    void resume() throws Exception {
        each(instance -> command(instance.url(), "/resume"));
    }

    @Override
    long left() throws IOException {
        Client asking = client;
        if (asking == null) {
            asking = first().client();
            client = asking;
        }
        return asking.get("/").get("queue").get("pending").asLong();
    }
}
