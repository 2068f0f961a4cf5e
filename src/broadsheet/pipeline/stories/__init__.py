"""Stories and their claims: joined, followed, judged by people, watched for them."""
