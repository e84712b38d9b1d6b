# Varnish 7.1 or later in front of Masthead, with vmod xkey (Debian: varnish varnish-modules). docs/cdn.md tells how to
# run it and what was measured. Two places are yours: where Masthead listens, and who may purge.
vcl 4.1;

import std;
import xkey;

backend masthead {
    .host = "127.0.0.1";
    .port = "3000";
    .connect_timeout = 1s;
    # Sick when three questions in a row fail, well with the first that does not.
    .probe = {
        .url = "/health/ready";
        .interval = 1s;
        .timeout = 1s;
        .window = 3;
        .threshold = 1;
        .initial = 1;
    }
}

acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(405, "Not allowed"));
        }
        set req.http.purged = xkey.purge(req.http.xkey-purge);
        set req.http.purged = req.http.purged + " and " + xkey.softpurge(req.http.xkey-softpurge);
        return (synth(200, "Purged " + req.http.purged));
    }
    if (req.url !~ "^/(content/v1|media)/") {
        return (pass);
    }
    # From here on what everybody may read, which no cookie changes. What has Authorization is passed by Varnish.
    unset req.http.Cookie;
    set req.url = std.querysort(req.url);
    # What Masthead says to Accept it says in Vary: each spelling of a header that names such a type is a copy. Papers
    # and citations come as BibTeX and the like where it names these, crops of images as AVIF or WebP; all other
    # headers are one.
    if (req.url ~ "^/content/v1/") {
        if (req.http.Accept !~ "(?i)x-bibtex|x-research-info-systems|citationstyles|x-bibliography|text/\*") {
            set req.http.Accept = "*/*";
        }
    } else if (req.http.Accept ~ "image/avif" && req.http.Accept ~ "image/webp") {
        set req.http.Accept = "image/avif,image/webp";
    } else if (req.http.Accept ~ "image/webp") {
        set req.http.Accept = "image/webp";
    } else if (req.http.Accept ~ "image/avif") {
        set req.http.Accept = "image/avif";
    } else {
        set req.http.Accept = "*/*";
    }
    # Nothing stale while Masthead answers; it is asked anew, and says 304 where nothing changed. When it is sick or
    # has just failed, what is at hand.
    if (req.restarts == 0 && std.healthy(req.backend_hint)) {
        set req.grace = 0s;
    } else {
        set req.grace = 1d;
    }
}

# Masthead says the same under every name.
sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

# It has just failed, and there is nothing stale: it is not asked a second time.
sub vcl_miss {
    if (req.restarts > 0) {
        return (synth(503));
    }
}

sub vcl_backend_fetch {
    # Only what is served stale is fetched in the background, from a Masthead that fails.
    if (bereq.is_bgfetch) {
        return (abandon);
    }
    if (!bereq.uncacheable) {
        set bereq.first_byte_timeout = 10s;
    }
}

sub vcl_backend_response {
    if (bereq.uncacheable) {
        return (deliver);
    }
    # An answer, of whatever kind, would take the place of what is stale.
    if (beresp.status >= 500) {
        return (error(503));
    }
    # A 404 may be published in a second, and nothing would purge it.
    if (beresp.http.Cache-Control !~ "public") {
        set beresp.ttl = 10s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    set beresp.http.xkey = beresp.http.Surrogate-Key;
    # As stale-if-error says.
    set beresp.grace = 1d;
    # A file that is deleted shall not be here for the year that its address is good for.
    if (beresp.ttl > 1d) {
        set beresp.ttl = 1d;
    }
    # Masthead answers the first request for something plain, and is not asked again.
    if (beresp.http.Content-Type ~ "^(text/|image/svg|application/((.+[+])?(json|xml)|x-bibtex|x-research-info-systems))") {
        set beresp.do_gzip = true;
    }
}

# Kept for no moment: it would hide what is stale.
sub vcl_backend_error {
    set beresp.ttl = 0s;
    set beresp.grace = 0s;
    set beresp.keep = 0s;
}

sub vcl_deliver {
    if (resp.status >= 500 && req.restarts == 0 && !obj.uncacheable) {
        return (restart);
    }
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
}

sub vcl_synth {
    if (resp.status == 503) {
        set resp.http.Access-Control-Allow-Origin = "*";
        set resp.http.Cache-Control = "no-store";
        set resp.http.Content-Type = "application/problem+json";
        set resp.http.Retry-After = "2";
        set resp.body = """{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"Masthead does not answer; try again soon."}""";
        return (deliver);
    }
}
