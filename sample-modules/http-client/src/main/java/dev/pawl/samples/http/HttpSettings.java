package dev.pawl.samples.http;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the module. Those that say what a job may reach are an admin's alone.
 *
 * @param allowedHosts the hosts that jobs may call
 * @param privateHosts names that may lead to addresses which are not public, and networks of such addresses
 * @param credentialHosts the hosts that get the credentials below; the allowed hosts without a wildcard when absent
 * @param bearerToken a token for {@code Authorization: Bearer}
 * @param basicUser a user for {@code Authorization: Basic}
 * @param basicPassword that user's password
 * @param apiKeyHeader the header that carries the key
 * @param apiKey a key
 * @param proxyUrl the URL of a proxy
 * @param proxyRotationUrl the URL of the proxy for requests with a session
 * @param trustedCertificates certificate authorities that are trusted beside those of the JVM
 */
public record HttpSettings(
        @AdminOnly
        @Description(
                "Hosts that jobs may call: example.com, *.example.com, example.com:8443, addresses, networks, or *.")
        @Nullable
        List<String> allowedHosts,

        @AdminOnly
        @Description("Names that may lead to addresses which are not public, and networks of such addresses.")
        @Nullable
        List<String> privateHosts,

        @AdminOnly
        @Description("Hosts that get the credentials below; the allowed hosts without a wildcard when not given.")
        @Nullable
        List<String> credentialHosts,

        @Secret @Description("A token, sent as Authorization: Bearer.") @Nullable
        String bearerToken,

        @Description("A user, sent as Authorization: Basic with the password.") @Nullable
        String basicUser,

        @Secret @Description("The password of that user.") @Nullable
        String basicPassword,

        @Default("X-Api-Key") @Description("The header that carries the key.")
        String apiKeyHeader,

        @Secret @Description("A key, sent in that header.") @Nullable
        String apiKey,

        @AdminOnly
        @Secret
        @Description("URL of a proxy: http://user:password@host:port, with {session}, {geo} or {geo_suffix} in it.")
        @Nullable
        String proxyUrl,

        @AdminOnly @Secret @Description("URL of the proxy for requests with a session, with {session} in it.") @Nullable
        String proxyRotationUrl,

        @AdminOnly @Description("Certificate authorities in PEM that are trusted beside those of the JVM.") @Nullable
        String trustedCertificates) {}
