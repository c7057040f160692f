/** Proxies in front of the server, and what they say of the clients behind them. Loaded only when there are any. */
@NullMarked
package dev.pawl.http.proxy;

import org.jspecify.annotations.NullMarked;
