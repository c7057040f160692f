package dev.pawl.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The address that the server is to listen on. */
record ListenAddress(String host, int port) {

    /** Tries it, so that a start that cannot succeed ends at once and with a reason. */
    void check() throws StartException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new StartException(
                    "PAWL_API_HOST is \"" + host + "\", which is no host that this machine knows.", unknown);
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            throw new StartException(
                    "Port " + port + " on " + host + " cannot be had (" + taken.getMessage()
                            + "). Stop the program that uses it, or choose another with PAWL_API_PORT or --port; 0 takes any free port.",
                    taken);
        }
    }
}
