package dev.pawl.runtime.settings;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;

/** The address on which the server will listen. */
public record ListenAddress(String host, int port) {

    private static final String REMEDY =
            "Choose another with PAWL_API_HOST or --host, such as 127.0.0.1, or 0.0.0.0 for all addresses.";

    /** Tries to bind it, so that a start that cannot succeed ends at once and with a reason. */
    public void check() throws StartException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new StartException(
                    "PAWL_API_HOST is \"" + host + "\", which is not a host name that this machine can resolve. "
                            + REMEDY,
                    unknown);
        }
        if (!isHere(address)) {
            throw new StartException(
                    "PAWL_API_HOST is \"" + host + "\", which is not an address of this machine. " + REMEDY);
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            throw new StartException(
                    "Port " + port + " on " + host + " is not available (" + taken.getMessage()
                            + "). Stop the program that uses it, or choose another with PAWL_API_PORT or --port; 0 takes any free port.",
                    taken);
        }
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unlisted) {
            return true; // binding the port decides
        }
    }
}
