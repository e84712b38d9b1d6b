"""Runs all of OpenStack Swift with its S3 API in one process: python3 serve.py FOLDER

Prints its URL on one line, and exits when its standard input is closed.
"""
import os
import sys

from swift.common import utils

utils.eventlet_monkey_patch()

import eventlet
from eventlet.wsgi import server
from swift.account.server import AccountController
from swift.common import wsgi
from swift.common.ring import RingBuilder
from swift.container.server import ContainerController
from swift.obj.server import ObjectController

FOLDER = sys.argv[1]
DRIVES = os.path.join(FOLDER, 'drives')
BACKENDS = {'account': AccountController, 'container': ContainerController, 'object': ObjectController}
CONFIGURATION = {'swift_dir': FOLDER, 'devices': DRIVES, 'mount_check': 'false', 'log_level': 'ERROR'}

# Lists have pages of 5, so that a few files fill several pages.
PROXY = """
[DEFAULT]
swift_dir = {folder}
log_level = ERROR
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
max_bucket_listing = 5
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:slo]
use = egg:swift#slo
"""


def main():
    # Test data need not survive a power failure.
    os.fsync = os.fdatasync = lambda _: None
    # All four servers need the same hash prefix and suffix, whatever the machine's configuration.
    utils.HASH_PATH_PREFIX = utils.HASH_PATH_SUFFIX = b'tests'
    os.makedirs(os.path.join(DRIVES, 'one'))
    for name, controller in BACKENDS.items():
        listener = listen()
        write_ring(name, port_of(listener))
        serve(listener, controller(CONFIGURATION))
    listener = listen()
    serve(listener, mend(load_proxy()))
    print(f'http://127.0.0.1:{port_of(listener)}', flush=True)
    eventlet.hubs.trampoline(sys.stdin.fileno(), read=True)
    os._exit(0)


def listen():
    return eventlet.listen(('127.0.0.1', 0))


def port_of(listener):
    return listener.getsockname()[1]


def write_ring(name, port):
    """Writes a ring with one replica on one drive."""
    builder = RingBuilder(part_power=0, replicas=1, min_part_hours=0)
    builder.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'device': 'one', 'weight': 1})
    builder.rebalance()
    builder.get_ring().save(os.path.join(FOLDER, f'{name}.ring.gz'))


def load_proxy():
    path = os.path.join(FOLDER, 'proxy-server.conf')
    with open(path, 'w') as file:
        file.write(PROXY.format(folder=FOLDER))
    return wsgi.loadapp(path)


class NullCache:
    """Replaces memcached. Swift requires a cache, but works when nothing is found in it."""

    def get(self, *_, **__):
        return None

    def set(self, *_, **__):
        pass

    delete = set


def mend(app):
    def answer(env, start_response):
        env['swift.cache'] = NullCache()
        if env['REQUEST_METHOD'] != 'HEAD':
            return app(env, start_response)

        # Without a Content-Length eventlet terminates a chunked body that a HEAD response does not have, and these
        # bytes corrupt the next response: https://github.com/eventlet/eventlet/pull/747
        def start(status, headers, *rest):
            known = any(name.lower() == 'content-length' for name, _ in headers)
            return start_response(status, headers if known else [*headers, ('Content-Length', '0')], *rest)

        return app(env, start)

    return answer


def serve(listener, app):
    # Capitalized headers would turn "ETag" into "Etag", which S3 clients do not recognize.
    eventlet.spawn_n(
        server,
        listener,
        app,
        utils.NullLogger(),
        protocol=wsgi.SwiftHttpProtocol,
        capitalize_response_headers=False,
    )


main()
