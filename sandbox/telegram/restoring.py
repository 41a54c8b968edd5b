"""After a restart: rooms, queues, presses and files as the state file remembers them."""

from sandbox.telegram.cloud import Cloud, Counters
from sandbox.telegram.messages import Log, Message
from sandbox.telegram.updates import Update


def restore(cloud: Cloud) -> None:
    """What stood in the state file when it was last written."""
    cloud.world.restore()
    for shape in cloud.state.load("counters"):
        cloud.counters = Counters(**shape)
        cloud.clock.offset = cloud.counters.offset
    for shape in cloud.state.load("log"):
        cloud.logs[shape["chat"]] = Log(**shape)
    messages = sorted((Message.from_json(shape) for shape in cloud.state.load("message")), key=lambda m: m.id)
    for message in messages:
        cloud.logs[message.chat].messages[message.id] = message
    for message in sorted(messages, key=lambda each: each.seq):
        cloud.logs[message.chat].changes[message.id] = message.seq
    _restore_posts(cloud)
    for side in cloud.sides.values():
        side.restore()


def _restore_posts(cloud: Cloud) -> None:
    for shape in cloud.state.load("queue"):
        if bot := cloud.world.bots.get(shape["bot_id"]):
            cloud.post_of(bot).queue.restore(shape)
    for update in sorted((Update(**shape) for shape in cloud.state.load("update")), key=lambda each: each.id):
        cloud.posts[update.bot].queue.pending[update.id] = update
    for post in cloud.posts.values():
        post.webhook.resume()
    for shape in cloud.state.load("press"):
        cloud.presses.restore(shape)
    for shape in cloud.state.load("file"):
        cloud.files.restore(shape)
