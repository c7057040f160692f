package dev.pawl.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of hosts. */
@FunctionalInterface
public interface HostLookup {

    /** The lookup of the JVM. */
    HostLookup OF_JVM = InetAddress::getAllByName;

    /** The addresses of a host, at least one. */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
